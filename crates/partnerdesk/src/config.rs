//! What the operator has written: one TOML file, the environment over it, secrets also from files.
//!
//! The only place that reads the environment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use app::network::Network;
use mail::{
    peer::{self, Security, Trust},
    smtp::{SmtpAuth, SmtpConfig, SmtpTimeouts},
};
use serde::Deserialize;

/// The file that is read when none is named.
pub(crate) const FILE: &str = "partnerdesk.toml";

/// A password, key or address that holds one. It has no `Debug`, so it cannot reach a log by accident.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// The whole of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Where people reach the desk, such as `https://help.example.com`.
    pub(crate) base_url: String,
    /// Where the embedded database and large attachments are kept.
    pub(crate) data_dir: PathBuf,
    secret: Option<Secret>,
    secret_file: Option<PathBuf>,
    /// The largest raw message that is taken, in bytes.
    #[serde(default = "max_message")]
    pub(crate) max_message: usize,
    /// Whether mail is kept and not sent.
    #[serde(default)]
    pub(crate) keep_mail: bool,
    /// Whether mailboxes may be on servers in private networks.
    #[serde(default)]
    pub(crate) allow_private_hosts: bool,
    #[serde(default)]
    database: Database,
    #[serde(default)]
    pub(crate) http: Http,
    metrics: Option<Metrics>,
    smtp: Option<Smtp>,
    #[serde(default)]
    microsoft: Microsoft,
    #[serde(default, rename = "listener")]
    pub(crate) listeners: Vec<Listener>,
    #[serde(default)]
    pub(crate) log: Log,
    /// The folder to which the paths in it are relative.
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Database {
    url: Option<Secret>,
    url_file: Option<PathBuf>,
    owner_url: Option<Secret>,
    owner_url_file: Option<PathBuf>,
    connections: Option<usize>,
}

/// Where HTTP is answered.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Http {
    /// Address and port. A proxy in front of it ends TLS.
    pub(crate) listen: String,
    trusted_proxies: Vec<String>,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: "127.0.0.1:8080".into(), trusted_proxies: Vec::new() }
    }
}

impl Http {
    /// The proxies that are believed when they say who asks.
    ///
    /// # Errors
    /// Something that is no address and no network.
    pub(crate) fn trusted_proxies(&self) -> Result<Vec<Network>> {
        let network = |text: &String| text.parse().with_context(|| format!("http.trusted_proxies: `{text}`"));
        self.trusted_proxies.iter().map(network).collect()
    }
}

/// How Microsoft is reached, if not straight.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Microsoft {
    /// A simulator on this machine, in its place.
    simulator: Option<std::net::SocketAddr>,
    /// An `http://` proxy on the way.
    proxy: Option<Secret>,
    /// Certificates, in PEM, that are trusted too: of a proxy that looks into TLS, or of a simulator's events.
    authorities_file: Option<PathBuf>,
}

/// Where `/metrics` is answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metrics {
    listen: std::net::SocketAddr,
    token: Option<Secret>,
    token_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Smtp {
    host: String,
    port: Option<u16>,
    #[serde(default)]
    security: SmtpSecurity,
    user: Option<String>,
    password: Option<Secret>,
    password_file: Option<PathBuf>,
    helo: Option<String>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SmtpSecurity {
    None,
    #[default]
    StartTls,
    Tls,
}

/// A socket on which a mail server hands mail over.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listener {
    pub(crate) protocol: Protocol,
    /// `127.0.0.1:2525`, or `unix:/run/partnerdesk/lmtp.sock`.
    pub(crate) address: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Protocol {
    Smtp,
    Lmtp,
}

/// What is said while it runs.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// As of `RUST_LOG`: `info`, `warn,app=debug`.
    pub(crate) filter: Option<String>,
    /// For people or for programs.
    #[serde(default)]
    pub(crate) format: Format,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

const fn max_message() -> usize {
    50 << 20
}

/// How the text of a variable becomes a value.
#[derive(Clone, Copy)]
enum Type {
    Text,
    Number,
    Flag,
    /// Parted by commas.
    List,
}

/// The variables that stand over the file: name, section (none is the top), key.
const VARIABLES: &[(&str, &str, &str, Type)] = &[
    ("PARTNERDESK_BASE_URL", "", "base_url", Type::Text),
    ("PARTNERDESK_DATA_DIR", "", "data_dir", Type::Text),
    ("PARTNERDESK_SECRET", "", "secret", Type::Text),
    ("PARTNERDESK_SECRET_FILE", "", "secret_file", Type::Text),
    ("PARTNERDESK_MAX_MESSAGE", "", "max_message", Type::Number),
    ("PARTNERDESK_KEEP_MAIL", "", "keep_mail", Type::Flag),
    ("PARTNERDESK_ALLOW_PRIVATE_HOSTS", "", "allow_private_hosts", Type::Flag),
    ("PARTNERDESK_DATABASE_URL", "database", "url", Type::Text),
    ("PARTNERDESK_DATABASE_URL_FILE", "database", "url_file", Type::Text),
    ("PARTNERDESK_DATABASE_OWNER_URL", "database", "owner_url", Type::Text),
    ("PARTNERDESK_DATABASE_OWNER_URL_FILE", "database", "owner_url_file", Type::Text),
    ("PARTNERDESK_DATABASE_CONNECTIONS", "database", "connections", Type::Number),
    ("PARTNERDESK_HTTP_LISTEN", "http", "listen", Type::Text),
    ("PARTNERDESK_HTTP_TRUSTED_PROXIES", "http", "trusted_proxies", Type::List),
    ("PARTNERDESK_METRICS_LISTEN", "metrics", "listen", Type::Text),
    ("PARTNERDESK_METRICS_TOKEN", "metrics", "token", Type::Text),
    ("PARTNERDESK_METRICS_TOKEN_FILE", "metrics", "token_file", Type::Text),
    ("PARTNERDESK_SMTP_HOST", "smtp", "host", Type::Text),
    ("PARTNERDESK_SMTP_PORT", "smtp", "port", Type::Number),
    ("PARTNERDESK_SMTP_SECURITY", "smtp", "security", Type::Text),
    ("PARTNERDESK_SMTP_USER", "smtp", "user", Type::Text),
    ("PARTNERDESK_SMTP_PASSWORD", "smtp", "password", Type::Text),
    ("PARTNERDESK_SMTP_PASSWORD_FILE", "smtp", "password_file", Type::Text),
    ("PARTNERDESK_SMTP_HELO", "smtp", "helo", Type::Text),
    ("PARTNERDESK_MICROSOFT_SIMULATOR", "microsoft", "simulator", Type::Text),
    ("PARTNERDESK_MICROSOFT_PROXY", "microsoft", "proxy", Type::Text),
    ("PARTNERDESK_MICROSOFT_AUTHORITIES_FILE", "microsoft", "authorities_file", Type::Text),
    ("PARTNERDESK_LOG_FILTER", "log", "filter", Type::Text),
    ("PARTNERDESK_LOG_FORMAT", "log", "format", Type::Text),
];

impl Config {
    /// Reads the file that was named, or else [`FILE`] in the working directory if it is there, and the environment.
    ///
    /// # Errors
    /// With the file and the line of what is wrong in it. Values are not repeated: one could be a password.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self> {
        let path = named.unwrap_or(Path::new(FILE));
        let text = match fs::read_to_string(path) {
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
            other => other.with_context(|| format!("cannot read the configuration {}", path.display()))?,
        };
        let mut folder = std::path::absolute(path)?;
        folder.pop();
        Self::read(&text, &path.display().to_string(), folder, |name| std::env::var(name).ok())
    }

    fn read(
        text: &str,
        name: &str,
        folder: PathBuf,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let mut table: toml::Table = toml::from_str(text).map_err(|error| at_line(name, text, &error))?;
        let mut changed = false;
        for (variable_name, section, key, kind) in VARIABLES {
            let Some(value) = variable(variable_name) else { continue };
            let value = kind.read(&value).with_context(|| format!("the variable {variable_name}"))?;
            let place = match *section {
                "" => &mut table,
                section => table
                    .entry(section)
                    .or_insert_with(|| toml::Table::new().into())
                    .as_table_mut()
                    .with_context(|| format!("{name}: {section} is a section"))?,
            };
            place.insert((*key).to_owned(), value);
            changed = true;
        }
        // The file as it stands is the better witness of its own mistakes: it has lines.
        let from_file: Result<Self, _> = toml::from_str(text);
        let mut config: Self = match from_file {
            Ok(config) if !changed => config,
            Err(error) if !changed || !error.message().starts_with("missing field") => {
                return Err(at_line(name, text, &error));
            }
            Ok(_) | Err(_) => table.try_into().map_err(|error: toml::de::Error| {
                anyhow!("{name} and the environment: {}", error.message())
            })?,
        };
        config.folder = folder;
        config.data_dir = config.at(&config.data_dir);
        config.base_url.truncate(config.base_url.trim_end_matches('/').len());
        if !config.base_url.starts_with("https://") && !config.base_url.starts_with("http://") {
            bail!("{name}: base_url begins with https:// (or http:// for a trial)");
        }
        Ok(config)
    }

    /// The key of the installation.
    ///
    /// # Errors
    /// There is none, or it is too short.
    pub(crate) fn secret(&self) -> Result<Secret> {
        let secret = self
            .one_of("secret", self.secret.as_ref(), self.secret_file.as_deref())?
            .context("neither secret_file nor secret is configured: `partnerdesk init` makes one")?;
        if secret.reveal().len() < 32 {
            bail!("the secret has fewer than 32 characters");
        }
        Ok(secret)
    }

    /// Where the database is: `desk.db` in the data directory, unless something else is configured.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn store(&self) -> Result<store::Config> {
        let db = &self.database;
        let url = self.one_of("database.url", db.url.as_ref(), db.url_file.as_deref())?;
        let owner_url =
            self.one_of("database.owner_url", db.owner_url.as_ref(), db.owner_url_file.as_deref())?;
        let url = match &url {
            Some(url) => url.reveal().to_owned(),
            None => format!("sqlite:{}", self.data_dir.join("desk.db").display()),
        };
        Ok(store::Config {
            readers: db.connections.unwrap_or(if url.starts_with("sqlite:") { 4 } else { 16 }).max(1),
            owner_url: owner_url.map(|url| url.reveal().to_owned()),
            url,
        })
    }

    /// Where `/metrics` is answered, and the token that must be shown there.
    ///
    /// # Errors
    /// An address that other machines reach, without a token.
    pub(crate) fn metrics(&self) -> Result<Option<(std::net::SocketAddr, Option<Secret>)>> {
        let Some(metrics) = &self.metrics else { return Ok(None) };
        let token = self.one_of("metrics.token", metrics.token.as_ref(), metrics.token_file.as_deref())?;
        if token.is_none() && !metrics.listen.ip().is_loopback() {
            bail!(
                "metrics.listen is no address of this machine alone, so it needs metrics.token or metrics.token_file"
            );
        }
        if token.as_ref().is_some_and(|token| token.reveal().len() < 16) {
            bail!("metrics.token has fewer than 16 characters");
        }
        Ok(Some((metrics.listen, token)))
    }

    /// How Microsoft is reached: straight, unless something else is configured.
    ///
    /// # Errors
    /// A simulator where private hosts are not allowed, or elsewhere than on this machine; a proxy or a certificate that
    /// is none.
    pub(crate) fn microsoft(&self) -> Result<app::microsoft::Network> {
        use app::microsoft::Network;
        let mut network = match self.microsoft.simulator {
            None => Network::direct(),
            Some(_) if !self.allow_private_hosts => {
                bail!("microsoft.simulator needs allow_private_hosts: every desk here would speak to it")
            }
            Some(at) => Network::simulator(at).context("microsoft.simulator")?,
        };
        if let Some(proxy) = &self.microsoft.proxy {
            network = network.through(proxy.reveal()).context("microsoft.proxy")?;
        }
        if let Some(file) = &self.microsoft.authorities_file {
            let pem = fs::read(self.at(file)).context("microsoft.authorities_file")?;
            network = network.trusting(&pem).context("microsoft.authorities_file")?;
        }
        Ok(network)
    }

    /// The server that sends our mail; none if mail is kept.
    ///
    /// # Errors
    /// Neither is configured, or a file cannot be read.
    pub(crate) fn smtp(&self) -> Result<Option<SmtpConfig>> {
        let Some(smtp) = &self.smtp else {
            if self.keep_mail {
                return Ok(None);
            }
            bail!("no [smtp] server is configured, and keep_mail is not set: nobody would get an answer");
        };
        if self.keep_mail {
            return Ok(None);
        }
        let password = self.one_of("smtp.password", smtp.password.as_ref(), smtp.password_file.as_deref())?;
        let auth = match (&smtp.user, password) {
            (None, None) => SmtpAuth::None,
            (Some(user), Some(password)) => {
                SmtpAuth::Password { user: user.clone(), password: peer::Secret::new(password.reveal()) }
            }
            (Some(_), None) => bail!("smtp.user has no smtp.password or smtp.password_file"),
            (None, Some(_)) => bail!("smtp.password has no smtp.user"),
        };
        let (security, port) = match smtp.security {
            SmtpSecurity::None => (Security::None, 25),
            SmtpSecurity::StartTls => (Security::StartTls, 587),
            SmtpSecurity::Tls => (Security::Tls, 465),
        };
        let host_of_url = self.base_url.split("://").nth(1).unwrap_or_default();
        let host_of_url = host_of_url.split(['/', ':']).next().unwrap_or_default();
        Ok(Some(SmtpConfig {
            host: smtp.host.clone(),
            port: smtp.port.unwrap_or(port),
            security,
            trust: Trust::web(),
            auth,
            helo: smtp.helo.clone().unwrap_or_else(|| host_of_url.to_owned()),
            timeouts: SmtpTimeouts::default(),
        }))
    }

    fn one_of(&self, name: &str, value: Option<&Secret>, file: Option<&Path>) -> Result<Option<Secret>> {
        match (value, file) {
            (Some(_), Some(_)) => bail!("{name} and {name}_file are both given"),
            (Some(value), None) => Ok(Some(value.clone())),
            (None, Some(file)) => {
                let path = self.at(file);
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("{name}_file: cannot read {}", path.display()))?;
                Ok(Some(Secret(text.trim().to_owned())))
            }
            (None, None) => Ok(None),
        }
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

impl Type {
    fn read(self, text: &str) -> Result<toml::Value> {
        Ok(match self {
            Type::Text => text.into(),
            Type::Number => text.parse::<i64>().context("is not a number")?.into(),
            Type::Flag => text.parse::<bool>().context("is neither true nor false")?.into(),
            Type::List => text.split(',').map(|item| item.trim().into()).collect::<Vec<toml::Value>>().into(),
        })
    }
}

/// A mistake with its line, and without the line's text.
fn at_line(name: &str, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let message = error.message();
    match error.span().filter(|_| !message.starts_with("missing field")) {
        Some(span) => {
            let line = text.get(..span.start).unwrap_or_default().matches('\n').count() + 1;
            anyhow!("{name}:{line}: {message}")
        }
        None => anyhow!("{name}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "base_url = 'https://help.example.com/'\ndata_dir = 'data'\nkeep_mail = true\n";

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Config::read(text, "desk.toml", "/etc/desk".into(), variable).map_err(|error| format!("{error:#}"))
    }

    fn mistake(text: &str) -> String {
        read(text, &[]).err().unwrap()
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = read(GOOD, &[]).unwrap();
        assert_eq!(config.base_url, "https://help.example.com");
        assert_eq!(config.data_dir, Path::new("/etc/desk/data"));
        assert_eq!(config.store().unwrap().url, "sqlite:/etc/desk/data/desk.db");
        assert!(config.smtp().unwrap().is_none());
    }

    #[test]
    fn the_environment_stands_over_the_file() {
        let env = [
            ("PARTNERDESK_BASE_URL", "http://localhost"),
            ("PARTNERDESK_SMTP_HOST", "mail.example.com"),
            ("PARTNERDESK_SMTP_PORT", "2500"),
            ("PARTNERDESK_KEEP_MAIL", "false"),
        ];
        let config = read(GOOD, &env).unwrap();
        assert_eq!(config.base_url, "http://localhost");
        let smtp = config.smtp().unwrap().unwrap();
        assert_eq!(
            (smtp.host.as_str(), smtp.port, smtp.helo.as_str()),
            ("mail.example.com", 2500, "localhost")
        );

        let all = [("PARTNERDESK_BASE_URL", "http://localhost"), ("PARTNERDESK_DATA_DIR", "/d")];
        assert_eq!(read("", &all).unwrap().data_dir, Path::new("/d"));
    }

    #[test]
    fn mistakes_have_a_line_and_no_secret() {
        assert_eq!(
            mistake(&format!("{GOOD}[smtp]\nhost = 'h'\npasword = 'hunter2'\n")),
            "desk.toml:6: unknown field `pasword`, expected one of `host`, `port`, `security`, `user`, `password`, \
             `password_file`, `helo`"
        );
        assert_eq!(mistake("data_dir = 'd'"), "desk.toml: missing field `base_url`");
        assert!(mistake(&format!("{GOOD}secret = hunter2")).starts_with("desk.toml:4: "));
        assert!(!mistake(&format!("{GOOD}secret = hunter2")).contains("hunter2"));
        assert!(mistake("base_url = 'help'\ndata_dir = 'd'").contains("base_url begins with"));
        let not_a_number = read(GOOD, &[("PARTNERDESK_SMTP_PORT", "x")]).err().unwrap();
        assert_eq!(
            not_a_number,
            "the variable PARTNERDESK_SMTP_PORT: is not a number: invalid digit found in string"
        );
    }

    #[test]
    fn microsoft_is_simulated_on_this_machine_only() {
        assert!(read(GOOD, &[]).unwrap().microsoft().is_ok());
        let simulator = |at: &str, private: bool| {
            let text = format!("{GOOD}allow_private_hosts = {private}\n[microsoft]\nsimulator = '{at}'\n");
            read(&text, &[]).unwrap().microsoft().map(|_| ()).map_err(|error| format!("{error:#}"))
        };
        assert_eq!(simulator("127.0.0.1:8090", true), Ok(()));
        assert!(simulator("127.0.0.1:8090", false).unwrap_err().contains("allow_private_hosts"));
        assert!(simulator("192.0.2.1:8090", true).unwrap_err().contains("loopback"));
        let proxy = read(GOOD, &[("PARTNERDESK_MICROSOFT_PROXY", "https://proxy.example")]).unwrap();
        assert!(proxy.microsoft().is_err());
    }

    #[test]
    fn a_desk_that_answers_nobody_is_refused() {
        let silent = read(&GOOD.replace("true", "false"), &[]).unwrap();
        assert!(silent.smtp().is_err());
    }

    #[test]
    fn proxies_are_trusted_by_name_only() {
        assert!(read(GOOD, &[]).unwrap().http.trusted_proxies().unwrap().is_empty());
        let file = format!("{GOOD}[http]\ntrusted_proxies = ['127.0.0.1', '10.0.0.0/8']\n");
        let config = read(&file, &[]).unwrap();
        assert_eq!(
            (config.http.trusted_proxies().unwrap().len(), &*config.http.listen),
            (2, "127.0.0.1:8080")
        );
        let env = [("PARTNERDESK_HTTP_TRUSTED_PROXIES", "::1, 10.0.0.0/8")];
        assert_eq!(read(GOOD, &env).unwrap().http.trusted_proxies().unwrap().len(), 2);
        let wrong = read(&file.replace("/8", "/80"), &[]).unwrap().http.trusted_proxies().unwrap_err();
        assert!(
            format!("{wrong:#}").starts_with("http.trusted_proxies: `10.0.0.0/80`: is neither"),
            "{wrong:#}"
        );
    }

    #[test]
    fn a_secret_is_given_once_and_long_enough() {
        assert!(read(GOOD, &[]).unwrap().secret().is_err());
        assert!(read(GOOD, &[("PARTNERDESK_SECRET", "short")]).unwrap().secret().is_err());
        let long = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            read(GOOD, &[("PARTNERDESK_SECRET", long)]).unwrap().secret().ok().unwrap().reveal(),
            long
        );
        let both = [("PARTNERDESK_SECRET", long), ("PARTNERDESK_SECRET_FILE", "f")];
        assert!(read(GOOD, &both).unwrap().secret().is_err());
    }
}
