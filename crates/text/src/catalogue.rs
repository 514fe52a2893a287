//! The messages of one language, parsed once.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::{Arg, Words, format};

/// The files of one language.
macro_rules! files {
    ($folder:literal) => {
        &[
            include_str!(concat!("../locales/", $folder, "/format.ftl")),
            include_str!(concat!("../locales/", $folder, "/mail.ftl")),
            include_str!(concat!("../locales/", $folder, "/web.ftl")),
            include_str!(concat!("../locales/", $folder, "/api.ftl")),
            include_str!(concat!("../locales/", $folder, "/catalogue.ftl")),
            include_str!(concat!("../locales/", $folder, "/supplier.ftl")),
            include_str!(concat!("../locales/", $folder, "/support.ftl")),
            include_str!(concat!("../locales/", $folder, "/microsoft.ftl")),
            include_str!(concat!("../locales/", $folder, "/handover.ftl")),
            include_str!(concat!("../locales/", $folder, "/circle.ftl")),
            include_str!(concat!("../locales/", $folder, "/score.ftl")),
            include_str!(concat!("../locales/", $folder, "/followed.ftl")),
            include_str!(concat!("../locales/", $folder, "/subscription.ftl")),
            include_str!(concat!("../locales/", $folder, "/suspension.ftl")),
            include_str!(concat!("../locales/", $folder, "/charging.ftl")),
            include_str!(concat!("../locales/", $folder, "/collection.ftl")),
            include_str!(concat!("../locales/", $folder, "/signal.ftl")),
            include_str!(concat!("../locales/", $folder, "/question.ftl")),
            include_str!(concat!("../locales/", $folder, "/payable.ftl")),
            include_str!(concat!("../locales/", $folder, "/claim.ftl")),
            include_str!(concat!("../locales/", $folder, "/receivable.ftl")),
        ]
    };
}

pub(crate) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Every message without variables, ready made: a page asks for a hundred of them.
    plain: HashMap<String, String>,
}

impl Catalogue {
    pub(crate) fn of(lang: Lang) -> &'static Catalogue {
        static EN: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::build(Lang::En, langid!("en"), files!("en")));
        static SV: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::build(Lang::Sv, langid!("sv"), files!("sv")));
        static DE: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::build(Lang::De, langid!("de"), files!("de")));
        static HU: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::build(Lang::Hu, langid!("hu"), files!("hu")));
        static ZH_CN: LazyLock<Catalogue> =
            LazyLock::new(|| Catalogue::build(Lang::ZhCn, langid!("zh-CN"), files!("zh-CN")));
        match lang {
            Lang::En => &EN,
            Lang::Sv => &SV,
            Lang::De => &DE,
            Lang::Hu => &HU,
            Lang::ZhCn => &ZH_CN,
        }
    }

    /// A message that can't be parsed and a key that is there twice are left out here, and fail a test.
    fn build(lang: Lang, id: LanguageIdentifier, files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks would show up in searches, in copied text and in tests; our variables are rarely of another
        // direction of writing.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value, _| grouped(Lang::En, value),
            Lang::Sv => |value, _| grouped(Lang::Sv, value),
            Lang::De => |value, _| grouped(Lang::De, value),
            Lang::Hu => |value, _| grouped(Lang::Hu, value),
            Lang::ZhCn => |value, _| grouped(Lang::ZhCn, value),
        }));
        let mut plain = HashMap::new();
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(rest, _)| rest);
            let keys: Vec<String> = keys(&resource).map(str::to_owned).collect();
            let _ = bundle.add_resource(resource);
            plain.extend(keys.into_iter().filter_map(|key| {
                let text = without_variables(&bundle, &key)?;
                Some((key, text))
            }));
        }
        Self { bundle, plain }
    }

    pub(crate) fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    pub(crate) fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let args: FluentArgs<'_> = args.iter().map(|(name, arg)| (*name, arg.to_fluent())).collect();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }
}

fn keys(resource: &FluentResource) -> impl Iterator<Item = &str> {
    resource.entries().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

fn without_variables(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let mut errors = Vec::new();
    let text = bundle.format_pattern(bundle.get_message(key)?.value()?, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// Whole numbers as the language groups them; everything else is left to Fluent.
fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    (number.value.fract() == 0.0).then(|| format::number(Words::new(lang), number.value as i64))
}
