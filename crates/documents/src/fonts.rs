//! The fonts: those that come with the typesetter, and one for Chinese from the machine.

use std::{
    path::PathBuf,
    sync::{LazyLock, Mutex, PoisonError},
};

use typst::{foundations::Bytes, text::Font};

/// The fonts that are built in. They have the letters of all our languages but Chinese.
pub(crate) static BUILT_IN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    // The first six are one family for running text; the others are for formulas and code.
    typst_assets::fonts().take(6).flat_map(|font| Font::iter(Bytes::new(font))).collect()
});

/// Where packages put fonts.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/truetype/noto",
    "/usr/local/share/fonts",
];
/// The files of the font: plain and bold.
const FILES: &[&str] = &["NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"];

/// The font for Chinese, if this machine has it. Read once it is asked for: it is large, and few ask.
pub(crate) fn chinese() -> Option<Vec<Font>> {
    static FOUND: Mutex<Option<Vec<Font>>> = Mutex::new(None);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if found.is_none() {
        // Whoever installs it now needs no restart, so only what was found is remembered.
        let fonts: Vec<Font> = FILES.iter().filter_map(|file| read(file)).collect();
        *found = (!fonts.is_empty()).then_some(fonts);
    }
    found.clone()
}

/// The face of a file for Simplified Chinese. A file that is no font is as good as none.
fn read(file: &str) -> Option<Font> {
    let path = FOLDERS.iter().map(|folder| PathBuf::from(folder).join(file)).find(|path| path.is_file())?;
    let bytes = std::fs::read(path).ok()?;
    Font::iter(Bytes::new(bytes)).find(|font| font.info().family == crate::FONT)
}
