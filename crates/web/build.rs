//! Embeds the built script, style and icons under names that carry their content's hash, so that browsers may keep
//! them for ever.

use std::{env, fmt::Write as _, fs, io, path::Path, process::ExitCode};

use sha2::{Digest, Sha256};

const FILES: [(&str, &str, &str, &str); 3] = [
    ("SCRIPT", "app", "js", "text/javascript; charset=utf-8"),
    ("STYLE", "app", "css", "text/css; charset=utf-8"),
    ("ICONS", "icons", "svg", "image/svg+xml"),
];

fn main() -> ExitCode {
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Cargo shows this line with the failed build.
            let _ = io::Write::write_all(
                &mut io::stderr(),
                format!("the built pages' script and style are missing: run `cargo xtask ui` ({error})\n")
                    .as_bytes(),
            );
            ExitCode::FAILURE
        }
    }
}

fn embed() -> io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    let mut code = String::new();
    for (name, stem, extension, content_type) in FILES {
        let file = dist.join(format!("{stem}.{extension}"));
        emit(&format!("cargo::rerun-if-changed={}", file.display()))?;
        let bytes = fs::read(&file).map_err(|e| io::Error::other(format!("{}: {e}", file.display())))?;
        let mut hash = String::new();
        for byte in &Sha256::digest(&bytes)[..8] {
            let _ = write!(hash, "{byte:02x}");
        }
        let copy = Path::new(&out).join(format!("{stem}.{extension}"));
        fs::write(&copy, &bytes)?;
        let _ = writeln!(
            code,
            "pub(crate) const {name}: Asset = Asset {{ path: \"/assets/{stem}-{hash}.{extension}\", \
             content_type: {content_type:?}, bytes: include_bytes!({copy:?}) }};",
        );
    }
    fs::write(Path::new(&out).join("assets.rs"), code)
}

fn emit(line: &str) -> io::Result<()> {
    io::Write::write_all(&mut io::stdout(), format!("{line}\n").as_bytes())
}
