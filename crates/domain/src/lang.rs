//! The languages in which Partnerdesk speaks.

use crate::words;

words! {
    /// A language of pages, mails and documents. The word is a BCP 47 tag.
    #[derive(Default)]
    pub enum Lang {
        #[default]
        /// English.
        En = "en",
        /// Swedish.
        Sv = "sv",
        /// German.
        De = "de",
        /// Hungarian.
        Hu = "hu",
        /// Simplified Chinese.
        ZhCn = "zh-CN",
    }
}

impl Lang {
    /// The language's own name for itself, for a list in which people look for theirs.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Sv => "Svenska",
            Lang::De => "Deutsch",
            Lang::Hu => "Magyar",
            Lang::ZhCn => "简体中文",
        }
    }

    /// The first language of an `Accept-Language` or `Content-Language` value that we speak, by its order of
    /// preference (`q`), or none.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Option<Lang> {
        let mut best: Option<(Lang, f32)> = None;
        for item in accept_language.split(',').take(32) {
            let mut parts = item.split(';');
            let Some(lang) = parts.next().and_then(Lang::from_tag) else {
                continue;
            };
            let q = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if q > 0.0 && best.is_none_or(|(_, b)| q > b) {
                best = Some((lang, q));
            }
        }
        best.map(|(lang, _)| lang)
    }

    /// The language of a tag such as `de-AT` or `zh-Hans`. Traditional Chinese is not ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.trim().to_ascii_lowercase();
        let mut subtags = tag.split(['-', '_']);
        match subtags.next()? {
            "en" => Some(Lang::En),
            "sv" => Some(Lang::Sv),
            "de" => Some(Lang::De),
            "hu" => Some(Lang::Hu),
            "zh" => (!subtags.any(|s| matches!(s, "hant" | "tw" | "hk" | "mo"))).then_some(Lang::ZhCn),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiates_by_preference() {
        let rows = [
            ("de-AT,en;q=0.8", Some(Lang::De)),
            ("fr, hu;q=0.5, sv;q=0.9", Some(Lang::Sv)),
            ("zh-TW, zh-Hans;q=0.3", Some(Lang::ZhCn)),
            ("en;q=0, sv;q=x", None),
            ("", None),
            ("zh", Some(Lang::ZhCn)),
        ];
        for (header, lang) in rows {
            assert_eq!(Lang::negotiate(header), lang, "{header}");
        }
    }
}
