//! How mail programs introduce a quote, in the languages they speak. Lower case.

/// Starters that stand before the date and name; the other languages start with a name or a date.
pub(super) const STARTS: &[&str] = &[
    "on ", "am ", "den ", "le ", "el ", "il ", "op ", "em ", "på ", "vid ", "w dniu ", "dnia ", "pe ", "在",
    "于", "於",
];

/// Verbs that stand at the end, before the colon or before the name.
pub(super) const VERBS: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "skrev",
    "ezt írta",
    "írta",
    "写道",
    "寫道",
    "a écrit",
    "escribió",
    "ha scritto",
    "schreef",
    "escreveu",
    "napisał",
    "napisał(a)",
    "kirjoitti",
    "пишет",
    "написал",
    "のメール",
];

/// The first field that mail programs write above a quoted mail.
pub(super) const FROM: &[&str] = &[
    "from",
    "von",
    "från",
    "feladó",
    "发件人",
    "寄件者",
    "寄件人",
    "de",
    "da",
    "van",
    "fra",
    "lähettäjä",
    "od",
    "от",
];

/// The other fields of such a block: sent, to, copy, subject.
pub(super) const OTHERS: &[&str] = &[
    "sent",
    "date",
    "to",
    "cc",
    "subject", // English
    "gesendet",
    "datum",
    "an",
    "betreff", // German
    "skickat",
    "skickad",
    "till",
    "kopia",
    "ämne", // Swedish
    "elküldve",
    "küldve",
    "dátum",
    "címzett",
    "másolatot kap",
    "tárgy", // Hungarian
    "发送时间",
    "日期",
    "收件人",
    "抄送",
    "主题",
    "寄件日期",
    "寄件時間",
    "收件者",
    "副本",
    "主旨", // Chinese
    "envoyé",
    "à",
    "objet",
    "enviado",
    "para",
    "asunto",
    "assunto",
    "inviato",
    "data",
    "a",
    "oggetto",
    "verzonden",
    "aan",
    "onderwerp",
    "til",
    "emne",
    "lähetetty",
    "vastaanottaja",
    "aihe",
    "wysłano",
    "do",
    "temat",
    "отправлено",
    "кому",
    "тема",
];
