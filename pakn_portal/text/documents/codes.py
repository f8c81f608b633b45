"""The abbreviations in numbers of official documents: kinds of document and who issues them.

Taken from the numbers of real documents; a code that is missing here is still recognized when it is typed in
capitals.
"""

from __future__ import annotations

from typing import Final


def _listed(codes: str) -> tuple[str, ...]:
    return tuple(codes.split())


KINDS: Final = _listed(
    """
    BB BC CĐ CT CTr CV ĐA GM GP HD KH KL L LCT LN NĐ NQ NQLT NQLN PA PL QC QĐ QĐLT QyĐ SL TB TT TTLB
    TTLN TTLT TTr VBHN
    """
)
ISSUERS: Final = _listed(
    """
    BCA BCT BCN BCĐ BDTTG BGDĐT BGD BGTVT BHXH BKHCN BKHCNMT BKHĐT BLĐ BLĐTBXH BNG BNN BNNMT BNNPTNT BNV
    BQP BTC BTM BTNMT BTP BTS BTTTT BVHTT BVHTTDL BXD BYT BTL CĐBR CHK CP CQĐD CTN CTK CTTĐ CĐVN GDĐT
    HCNS HĐBT HĐND HĐQT HĐTP HQ KBNN KTNN LĐLĐ LĐTBXH LTTP MTTQ MTTW NHNN NHNNVN NHCS NHCSXH SGDĐT
    SLĐTBXH SNV SYT STC TANDTC TCDN TCGDNN TCHQ TCT TCTK TLĐ TLĐLĐ TTCP TTg TWMTTQVN UBCK UBCKNN UBDT
    UBND UBTDTT UBTVQH UBTWMTTQVN UBDSGĐTE VKSTC VKSNDTC VPCP VPCTN VPQH VHTT
    """
)
#: issuers within the Party, whose numbers are written 27-NQ/TW
PARTY_ISSUERS: Final = _listed(
    """
    TW TU HU BTCTW UBKTTW VPTW BTGTW BDVTW BBT BNCTW
    """
)
#: issuers that stood alone in old numbers: 26/CP
LONE_ISSUERS: Final = _listed(
    """
    BLĐTBXH BYT BTC BNV BHXH CP HĐBT CTN LĐTBXH TTg
    """
)


def _folded(code: str) -> str:
    return code.lower().replace("đ", "d")


#: folded code → code as it is printed
SPELLINGS: Final = {_folded(code): code for code in (*LONE_ISSUERS, *PARTY_ISSUERS, *ISSUERS, *KINDS)}
FOLDED_KINDS: Final = frozenset(map(_folded, KINDS))
FOLDED_ISSUERS: Final = frozenset(map(_folded, (*ISSUERS, *PARTY_ISSUERS)))
FOLDED_PARTY_ISSUERS: Final = frozenset(map(_folded, PARTY_ISSUERS))
FOLDED_LONE_ISSUERS: Final = frozenset(map(_folded, LONE_ISSUERS))
