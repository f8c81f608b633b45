"""Every model of the app, so that Django finds them; each lives in the package of its feature."""

from pakn_portal.answers.models import *  # noqa: F403
from pakn_portal.cases.models import *  # noqa: F403
from pakn_portal.notifications.by_hand.models import *  # noqa: F403
from pakn_portal.notifications.edited.models import *  # noqa: F403
from pakn_portal.notifications.models import *  # noqa: F403
from pakn_portal.notifications.petition.models import *  # noqa: F403
from pakn_portal.pages.models import *  # noqa: F403
from pakn_portal.register.models import *  # noqa: F403
from pakn_portal.reports.models import *  # noqa: F403
from pakn_portal.search.models import *  # noqa: F403
from pakn_portal.search.page.models import *  # noqa: F403
from pakn_portal.similar.models import *  # noqa: F403
from pakn_portal.snippets.models import *  # noqa: F403
from pakn_portal.staff.help.models import *  # noqa: F403
from pakn_portal.staff.models import *  # noqa: F403
from pakn_portal.submissions.models import *  # noqa: F403
