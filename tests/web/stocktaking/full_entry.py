"""An entry with every field filled, for tests that walk what is shown, exported and searched."""

from actionlines.stocktaking import Entry, Translation

FULL = Entry(
    id="full-1",
    title="Village kiosks",
    description="Nothing of note.",
    language="en",
    organisation="Ministry of Works",
    stakeholder_type="government",
    country="KEN",
    year=2023,
    status="entry",
    lines=("C2",),
    targets=("9.c",),
    website="https://kiosks.example",
    source="Yearbook, page 7",
    start="2023-02-01",
    end="2024-11-30",
    partners=("Bureau, Nairobi", "Union of Postmen"),
    coverage="regional",
    countries=("UGA", "RWA"),
    stage="completed",
    beneficiaries="Market women.",
    results="Queues became short.\n\nPeople came back.",
    figures=("Kiosks opened: 412 (2024)", "Visits: 1,200 a day"),
    technology="Solar panels.",
    replicability="Plans are free.",
    sustainability="Fees pay the keepers.",
    values="Solidarity.",
    challenges="Dust.",
    financing="A loan.",
    translations=(
        Translation("fr", "Kiosques de village", "Rien de notable.", "human"),
        Translation("zh", "乡村信息亭", "", "machine"),
    ),
)
