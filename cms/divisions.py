"""The eighteen divisions, which the atlas names in English only."""

from storefront.core.words import in_language

_HINDI = {
    "Agra": "आगरा",
    "Aligarh": "अलीगढ़",
    "Ayodhya": "अयोध्या",
    "Azamgarh": "आजमगढ़",
    "Bareilly": "बरेली",
    "Basti": "बस्ती",
    "Chitrakoot Dham": "चित्रकूट धाम",
    "Devipatan": "देवीपाटन",
    "Gorakhpur": "गोरखपुर",
    "Jhansi": "झांसी",
    "Kanpur": "कानपुर",
    "Lucknow": "लखनऊ",
    "Meerut": "मेरठ",
    "Moradabad": "मुरादाबाद",
    "Prayagraj": "प्रयागराज",
    "Saharanpur": "सहारनपुर",
    "Varanasi": "वाराणसी",
    "Vindhyachal (Mirzapur)": "विंध्याचल (मिर्ज़ापुर)",
}


def division_name(division: str) -> str:
    """Return a division's name in the language of the moment."""
    return in_language(division, _HINDI.get(division))
