"""Addresses as posts and postal unions publish them, each with its source.

The lines are those of the source; where it sets all of an address in capitals, the test looks
past capitals. Sources that copy the UPU's country sheets are named with what they copy.
"""

from __future__ import annotations

from dataclasses import dataclass

USPS_28 = (
    "USPS Publication 28, 225 Military Addresses (about.usps.com/publications/pub28/28c2_010.htm)"
)
POST_OFFICE = "Post Office, Clear addressing (postoffice.co.uk/letters-parcels/mailing-guide)"
CANADA_POST = "Canada Post, Addressing guidelines (canadapost.ca, support articles)"
SWISS_POST = "Swiss Post, Addressing letters correctly (post.ch/en/sending-letters)"
KOREA_POST = "Korea Post, Labelling & Indication (koreapost.go.kr/eng/subIndex/4425.do)"
UPU_JAPAN = "UPU country sheet of Japan (postal addressing systems)"
UPU_HUNGARY = "UPU country sheet of Hungary, as given by angloinfo.com (Budapest, postal system)"
UPU_BRAZIL = "UPU country sheet of Brazil (braEn.pdf), as given in openstreetmap/iD#11561"
UPU_INDIA = "UPU country sheet of India, as given by en.youbianku.com/India"
JAPAN_POST = "Japan Post, as given by Wikipedia, Japanese addressing system"
DIN = "DIN 5008, foreign addresses, as agreed with Deutsche Post (sekada.de)"
USPS_ABROAD = "USPS, Addressing International Mail"
SOURCEBOOK = "Posts' examples collected at bitboost.com/ref/international-address-formats.html"
LABELS = "commerceguys/addressing, PostalLabelFormatterTest"


@dataclass(frozen=True)
class Published:
    """Lines as published, the parts they are made of, and from where the letter comes."""

    source: str
    lines: str
    parts: dict[str, object]
    sender: str
    language: str = "en"
    capitals: bool = True

    @property
    def country(self) -> str:
        return str(self.parts["country"])


def published(source, lines, sender, language="en", *, capitals=True, **parts):
    """`capitals` is False where the source leaves to others which words are in capitals."""
    return Published(source, lines, parts, sender, language, capitals)


PUBLISHED = [
    published(USPS_28 + " and boxc.com, US military addresses",
        "SGT ROBERT SMITH|PSC 802 BOX 74|APO AE 09499", "US",
        name="Sgt Robert Smith", address=["PSC 802 Box 74"], city="APO", region="AE",
        postcode="09499", country="USA"),
    published(LABELS, "1098 Alta Ave|Mt View, CA 94043", "US",
        address=["1098 Alta Ave"], city="Mt View", region="California", postcode="94043",
        country="US"),
    published(POST_OFFICE + ", with the lines of a British address of the source book",
        "Mr. Walter C. Brown|49 Featherstone Street|LONDON|EC1Y 8SY", "GB", "en-GB",
        name="Mr. Walter C. Brown", address=["49 Featherstone Street"], city="London",
        postcode="EC1Y8SY", country="England"),
    published(SOURCEBOOK,
        "Mr. Walter C. Brown|49 Featherstone Street|LONDON|EC1Y 8SY|UNITED KINGDOM", "US",
        name="Mr. Walter C. Brown", address=["49 Featherstone Street"], city="London",
        postcode="EC1Y 8SY", country="UK"),
    published(CANADA_POST,
        "JOHN JONES|MARKETING DEPARTMENT|10-123 1/2 MAIN STREET NW|MONTREAL QC H3Z 2Y7", "CA",
        name="John Jones", organisation="Marketing Department",
        address=["10-123 1/2 Main Street NW"], city="Montreal", region="Quebec",
        postcode="h3z2y7", country="Canada"),
    published(USPS_ABROAD,
        "MS HELEN SAUNDERS|1010 CLEAR STREET|OTTAWA ON K1A 0B1|CANADA", "US",
        name="Ms Helen Saunders", address=["1010 Clear Street"], city="Ottawa", region="Ontario",
        postcode="K1A 0B1", country="CA"),
    published(SWISS_POST, "Erich Müller|Bahnhofstrasse 4a/8|8001 Zurich", "CH",
        name="Erich Müller", address=["Bahnhofstrasse 4a/8"], city="Zurich", postcode="8001",
        country="Switzerland"),
    published(SWISS_POST, "Müller Ltd|Mr R. Bürki|Zollikerstrasse 788|8008 Zurich", "CH",
        name="Mr R. Bürki", organisation="Müller Ltd", address=["Zollikerstrasse 788"],
        city="Zurich", postcode="8008", country="CH"),
    published(LABELS, "CH-8047 Herrliberg|SWITZERLAND", "US", capitals=False,
        city="Herrliberg", postcode="8047", country="Schweiz"),
    published(UPU_HUNGARY,
        "Máté József|BUDAPEST|Virág tér 3. IV. 61|1037|HUNGARY", "US",
        name="Máté József", address=["Virág tér 3. IV. 61"], city="Budapest", postcode="1037",
        country="Magyarország"),
    published(UPU_BRAZIL,
        "Carlos Rossi|Avenida João Jorge 112, ap. 31|Vila Industrial|13035-680 Campinas-SP", "BR",
        capitals=False,
        name="Carlos Rossi", address=["Avenida João Jorge 112, ap. 31,"],
        district="Vila Industrial,", city="Campinas", region="São Paulo", postcode="13035680",
        country="Brasil"),
    published(UPU_INDIA,
        "Mr I.K. Taneja|Flat No.100|Triveni Apartments|Pitam Pura|NEW DELHI 110034|INDIA", "GB",
        name="Mr I.K. Taneja", address=["Flat No.100", "Triveni Apartments"],
        district="Pitam Pura", city="New Delhi", postcode="110034", country="India"),
    published(JAPAN_POST,
        "Tokyo Central Post Office|7-2, Marunouchi 2-Chome|Chiyoda-ku, Tokyo 100-8994", "JP", "ja",
        name="Tokyo Central Post Office", address=["7-2, Marunouchi 2-Chome"], city="Chiyoda-ku",
        region="Tokyo", postcode="1008994", country="Japan"),
    published(JAPAN_POST + " (without the mark before the code)",
        "100-8994|東京都千代田区|丸ノ内二丁目7番2号|東京中央郵便局", "JP", "ja",
        name="東京中央郵便局", address=["丸ノ内二丁目7番2号"], city="千代田区", region="東京都",
        postcode="100-8994", country="日本"),
    published(UPU_JAPAN, "4-3-2, Hakusan|Bunkyo-ku, TOKYO 112-0001|JAPAN", "US",
        address=["4-3-2, Hakusan"], city="Bunkyo-ku", region="Tokyo", postcode="112-0001",
        country="JP"),
    published(KOREA_POST, "Mr. Kim Min-Soo|Room 300, Sight-seeing Hotel|Honolulu, HI 96817", "US",
        name="Mr. Kim Min-Soo", address=["Room 300, Sight-seeing Hotel"], city="Honolulu",
        region="Hawaii", postcode="96817", country="U.S.A."),
    published(DIN, "La Dolce Vita Hotel|Via Filodrammatici 2|50123 FIRENZE|ITALIEN", "DE", "de",
        name="La Dolce Vita Hotel", address=["Via Filodrammatici 2"], city="Firenze",
        postcode="50123", country="Italia"),
    published(DIN, "Hôtel de Ville|Place du Marché, 2|4000 LIEGE|BELGIEN", "DE", "de",
        name="Hôtel de Ville", address=["Place du Marché, 2"], city="Liege", postcode="4000",
        country="Belgique"),
    published(DIN, "Mr Frank B. Smith|GPO Box 17788 Q|MELBOURNE VIC 3110|AUSTRALIEN", "DE", "de",
        name="Mr Frank B. Smith", address=["GPO Box 17788 Q"], city="Melbourne",
        region="Victoria", postcode="3110", country="Australia"),
    published(DIN, "XYZplus GmbH|Ringstraße 123|12304 Musterstadt", "DE", "de",
        name="XYZplus GmbH", address=["Ringstraße 123"], city="Musterstadt", postcode="12304",
        country="Deutschland"),
    published(SOURCEBOOK,
        "Eberhard Wellhausen|Wittekindshof|Schulstrasse 4|32547 BAD OYENHAUSEN|GERMANY", "US",
        name="Eberhard Wellhausen", organisation="Wittekindshof", address=["Schulstrasse 4"],
        city="Bad Oyenhausen", postcode="32547", country="DE"),
    published(SOURCEBOOK, "Madame Duval|27 RUE PASTEUR|14390 CABOURG", "FR", "fr",
        name="Madame Duval", address=["27 RUE PASTEUR"], city="Cabourg", postcode="14390",
        country="France"),
    published(SOURCEBOOK, "Madame Duval|27 RUE PASTEUR|14390 CABOURG|FRANCE", "US",
        name="Madame Duval", address=["27 RUE PASTEUR"], city="Cabourg", postcode="14390",
        country="Frankreich"),
    published(SOURCEBOOK, "Sig Mario Rossi|Viale Europa 22|00144 ROMA RM|ITALY", "US",
        name="Sig Mario Rossi", address=["Viale Europa 22"], city="Roma", region="RM",
        postcode="00144", country="Italy"),
    published(SOURCEBOOK, "Mr S Tan|200 Broadway Av|WEST BEACH SA 5024|AUSTRALIA", "US",
        name="Mr S Tan", address=["200 Broadway Av"], city="West Beach", region="South Australia",
        postcode="5024", country="Australia"),
    published(SOURCEBOOK, "Pan Martin Parma|Prujezdna 320/62|100 00 PRAHA 10|CZECHIA", "US",
        name="Pan Martin Parma", address=["Prujezdna 320/62"], city="Praha 10", postcode="10000",
        country="Czech Republic"),
    published(SOURCEBOOK, "Ms. Aulikki Laasko|Vesakkotic 1399|FI-00630 HELSINKI|FINLAND", "US",
        name="Ms. Aulikki Laasko", address=["Vesakkotic 1399"], city="Helsinki",
        postcode="00630", country="Suomi"),
    published(SOURCEBOOK,
        "Mr. CHAN Kwok-kwong|Flat 25, 12/F, Acacia Building|150 Kennedy Road|WAN CHAI|HONG KONG",
        "US",
        name="Mr. CHAN Kwok-kwong", address=["Flat 25, 12/F, Acacia Building", "150 Kennedy Road"],
        city="Wan Chai", country="Hong Kong"),
    published(SOURCEBOOK,
        "Gudmundur Jonasson Travel|Borgartun 34|105 REYKJAVÍK|ICELAND", "US",
        name="Gudmundur Jonasson Travel", address=["Borgartun 34"], city="Reykjavík",
        postcode="105", country="Ísland"),
    published(SOURCEBOOK,
        "An Post Business Desk|GPO|O'Connell Street Lower|DUBLIN 1|D01 F5P2|IRELAND", "US",
        name="An Post Business Desk", organisation="GPO", address=["O'Connell Street Lower"],
        city="Dublin 1", postcode="D01F5P2", country="Éire"),
    published(SOURCEBOOK, "M. Andrée TROMMER|BP 5019|L-1050 Luxembourg", "LU", "fr",
        name="M. Andrée TROMMER", address=["BP 5019"], city="Luxembourg", postcode="1050",
        country="Luxembourg"),
    published(SOURCEBOOK,
        "Ahmad Bin Ghazali|75 Kg Sg Ramal Luar|43000 KAJANG|SELANGOR", "MY",
        name="Ahmad Bin Ghazali", address=["75 Kg Sg Ramal Luar"], city="Kajang",
        region="Selangor", postcode="43000", country="Malaysia"),
    published(SOURCEBOOK,
        "Sra. Otilia Ramos Perez|Urión 30|Col. Atlatilco|02860 MEXICO, D.F.|MEXICO", "US",
        name="Sra. Otilia Ramos Perez", address=["Urión 30"], district="Col. Atlatilco",
        city="Mexico", region="D.F.", postcode="02860", country="México"),
    published(SOURCEBOOK,
        "Koninklijke TNT Post BV|Prinses Beatrixlaan 23|2595 AK 'S-GRAVENHAGE|NETHERLANDS", "US",
        name="Koninklijke TNT Post BV", address=["Prinses Beatrixlaan 23"],
        city="'s-Gravenhage", postcode="2595ak", country="Holland"),
    published(SOURCEBOOK,
        "Mrs Brown|Flat 2|173 Park Road|Johnsonville|Wellington 6004", "NZ", "en-NZ",
        name="Mrs Brown", address=["Flat 2", "173 Park Road"], district="Johnsonville",
        city="Wellington", postcode="6004", country="New Zealand"),
    published(SOURCEBOOK,
        "Mr. Nasratullah Khan|House No 17-B|Street No 30|Sector F-7/1|ISLAMABAD-44000|PAKISTAN",
        "US",
        name="Mr. Nasratullah Khan", address=["House No 17-B", "Street No 30"],
        district="Sector F-7/1", city="Islamabad", postcode="44000", country="Pakistan"),
    published(SOURCEBOOK, "Mme Anna Kowalska|Ul. Bosmanska 1|81-116 GDYNIA|POLAND", "US",
        name="Mme Anna Kowalska", address=["Ul. Bosmanska 1"], city="Gdynia", postcode="81116",
        country="Polska"),
    published(SOURCEBOOK, "Sr. Antonio Costa|Rua do Farol 2|AZOIA|2740-029 COLARES|PORTUGAL", "US",
        name="Sr. Antonio Costa", address=["Rua do Farol 2"], district="AZOIA", city="Colares",
        postcode="2740029", country="Portugal"),
    published(SOURCEBOOK,
        "Ivanov Alexander Ivanovitch|ul. Lesnaya d. 5, kv. 176|G. MOSKVA|123456|RUSSIA", "US",
        name="Ivanov Alexander Ivanovitch", address=["ul. Lesnaya d. 5, kv. 176"],
        city="g. Moskva", postcode="123456", country="Russian Federation"),
    published(SOURCEBOOK,
        "Singapore Post Pte Ltd|10 Eunos Road 8|#05-33 Singapore Post Centre|SINGAPORE 408600"
        "|SINGAPORE", "US",
        name="Singapore Post Pte Ltd",
        address=["10 Eunos Road 8", "#05-33 Singapore Post Centre"], city="Singapore",
        postcode="408600", country="Republic of Singapore"),
    published(SOURCEBOOK, "Customer Services|497 Jacob Mare Street|Pretoria|0001", "ZA",
        name="Customer Services", address=["497 Jacob Mare Street"], city="Pretoria",
        postcode="0001", country="South Africa"),
    published(SOURCEBOOK,
        "Ministry of Information|116 Shinmullo 1-ga|Chongno-gu|SEOUL 03187|SOUTH KOREA", "US",
        name="Ministry of Information", address=["116 Shinmullo 1-ga"], district="Chongno-gu",
        region="Seoul", postcode="03187", country="Rep. of Korea"),
    published(SOURCEBOOK, "Martin Rebas|Gyllenkrooksgatan 1|412 84 Göteborg", "SE", "sv",
        name="Martin Rebas", address=["Gyllenkrooksgatan 1"], city="Göteborg", postcode="41284",
        country="Sverige"),
    published(SOURCEBOOK, "Juana Aguirre|Piedras No 623|Piso 2 Dto. 4|C1070AAM Capital Federal",
        "AR", "es", capitals=False,
        name="Juana Aguirre", address=["Piedras No 623", "Piso 2 Dto. 4"], city="Capital Federal",
        postcode="c1070aam", country="Argentina"),
    published(SOURCEBOOK, "Mr Ahmed Al-Ballushi|BP 15|133|AL-KHOER|OMAN", "US",
        name="Mr Ahmed Al-Ballushi", address=["BP 15"], city="Al-Khoer", postcode="133",
        country="Oman"),
    published(SOURCEBOOK, "FELIX GATO|AV DE LOS SUSTANTIVOS 22|12345 MONTEVIDEO|URUGUAY", "US",
        name="FELIX GATO", address=["AV DE LOS SUSTANTIVOS 22"], city="Montevideo",
        postcode="12345", country="Uruguay"),
]  # fmt: skip
