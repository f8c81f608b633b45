"""System checks: what is wrong with the site's set-up, and the exact mend."""

from __future__ import annotations
