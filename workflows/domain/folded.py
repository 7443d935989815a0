"""Names without case, accents and stray spaces, to be compared; it is never shown."""

import re
import unicodedata

BEFORE_A_NAME = re.compile(r"^(tap the|ho gia dinh|gia dinh|ong|ba)\s+")


def fold(name: str) -> str:
    """«Trần Văn  Thử» as «tran van thu»; the function `fold` of the database does the same to one space each."""
    plain = "".join(each for each in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(each))
    return " ".join(plain.replace("đ", "d").split())


def bare(name: str) -> str:
    """The folded name without what stands before it: «Tập thể Phòng A» is the collective «Phòng A»."""
    folded = fold(name)
    while (rest := BEFORE_A_NAME.sub("", folded)) != folded:
        folded = rest
    return folded
