//! Who signs events: an authority made at the start, an issuer below it, and a certificate as Microsoft's look.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256,
    SigningKey as _, date_time_ymd,
};

/// An RSA key that everybody has, for nothing here can make one. Nothing but a simulator's events is signed with it, and
/// only who was told the authority of that one simulator believes them.
const KEY: &str = include_str!("not-a-secret.pem");

/// A certificate that events can be signed with. All but the first are what a receiver must refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certificate {
    /// As Microsoft's.
    Good,
    /// Issued by somebody else.
    OtherOrganization,
    /// Of years ago.
    Expired,
    /// Issued by itself, under Microsoft's name.
    SelfSigned,
}

pub(crate) struct Signer {
    key: KeyPair,
    authority: String,
    /// DER, by what it is.
    certificates: Vec<(&'static str, Vec<u8>)>,
}

impl Signer {
    pub(crate) fn new(address: SocketAddr) -> Result<Self, String> {
        Self::make(address).map_err(|error| error.to_string())
    }

    fn make(address: SocketAddr) -> Result<Self, rcgen::Error> {
        let key = KeyPair::from_pem_and_sign_algo(KEY, &PKCS_RSA_SHA256)?;
        let root_key = KeyPair::generate()?;
        let root_params = params("Simulator Root", "Partnerdesk", true);
        let root = root_params.self_signed(&root_key)?;
        let root_issuer = Issuer::new(root_params, root_key);

        let below = |organization: &str, file: &str| -> Result<_, rcgen::Error> {
            let issuer_key = KeyPair::generate()?;
            let params = params("Simulator Issuing", organization, true);
            let certificate = params.signed_by(&issuer_key, &root_issuer)?;
            let place = format!("http://{address}/cert/{file}");
            Ok((certificate.der().to_vec(), Issuer::new(params, issuer_key), place))
        };
        let (microsoft, microsoft_issuer, place) = below("Microsoft Corporation", "issuer.cer")?;
        let (other, other_issuer, other_place) = below("Somebody Else", "other-issuer.cer")?;

        let signer = |place: &str| {
            let mut params = params("pcnotifications-dispatch.microsoft.com", "Microsoft Corporation", false);
            params.custom_extensions.push(issuer_place(place));
            params
        };
        let good = signer(&place).signed_by(&key, &microsoft_issuer)?.der().to_vec();
        let foreign = signer(&other_place).signed_by(&key, &other_issuer)?.der().to_vec();
        let mut old = signer(&place);
        (old.not_before, old.not_after) = (date_time_ymd(2015, 1, 1), date_time_ymd(2016, 1, 1));
        let old = old.signed_by(&key, &microsoft_issuer)?.der().to_vec();
        let own = signer(&place).self_signed(&key)?.der().to_vec();
        Ok(Self {
            key,
            authority: root.pem(),
            certificates: vec![
                ("issuer.cer", microsoft),
                ("other-issuer.cer", other),
                (Certificate::Good.file(), good),
                (Certificate::OtherOrganization.file(), foreign),
                (Certificate::Expired.file(), old),
                (Certificate::SelfSigned.file(), own),
            ],
        })
    }

    /// The authority that a receiver of this simulator's events has to trust, in PEM.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// A certificate by its file's name, in DER.
    pub(crate) fn certificate(&self, file: &str) -> Option<&[u8]> {
        self.certificates.iter().find(|(name, _)| *name == file).map(|(_, der)| der.as_slice())
    }

    /// The signature of a body, in base64.
    pub(crate) fn sign(&self, body: &[u8]) -> Result<String, String> {
        self.key.sign(body).map(|signature| STANDARD.encode(signature)).map_err(|error| error.to_string())
    }
}

impl Certificate {
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Good => "events.cer",
            Self::OtherOrganization => "other-organization.cer",
            Self::Expired => "expired.cer",
            Self::SelfSigned => "self-signed.cer",
        }
    }
}

fn params(name: &str, organization: &str, authority: bool) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CountryName, "US");
    params.distinguished_name.push(DnType::OrganizationName, organization);
    params.distinguished_name.push(DnType::CommonName, name);
    // The clock can be moved far.
    (params.not_before, params.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2200, 1, 1));
    if authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    params
}

/// Authority information access: where the issuer's certificate lies.
fn issuer_place(place: &str) -> CustomExtension {
    let place = tagged(0x86, place.as_bytes());
    let method = tagged(0x06, &[0x2b, 6, 1, 5, 5, 7, 0x30, 2]);
    let description = tagged(0x30, &[method, place].concat());
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], tagged(0x30, &description))
}

/// DER of something shorter than 128 bytes.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).ok().filter(|length| *length < 128);
    let length = length.expect("loopback addresses are short");
    [&[tag, length], content].concat()
}
