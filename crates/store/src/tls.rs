//! 加密连接 The way to PostgreSQL: in the open on this machine, encrypted to any other, as `sslmode` and `sslrootcert` in the
//! address say (libpq's words and meanings), and safe where they say nothing.

use crate::Failure;
use postgres::Config;
use postgres::config::{Host, SslMode};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a server is reached.
pub(crate) struct Way {
    /// Where it is.
    pub config: Config,
    /// What its certificate must be; nothing when it is reached in the open.
    pub trust: Option<Trust>,
}

/// What a server's certificate must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Anything: nobody listens in, but nobody knows who answers either.
    Any,
    /// Of an authority in this file, or that very certificate.
    Of(PathBuf),
    /// The same, and made out to the name of the server; without a file of an authority that browsers believe.
    ByName(Option<PathBuf>),
}

fn wrong(what: impl std::fmt::Display) -> Failure {
    Failure::Database { what: format!("the address of the database: {what}") }
}

/// Reads an address.
///
/// # Errors
/// [`Failure::Database`] when it is none, or its `sslmode` is none of libpq's.
pub(crate) fn way(url: &str) -> Result<Way, Failure> {
    let (plain, mode, authority) = parts(url)?;
    let mut config: Config = plain.parse().map_err(wrong)?;
    let sockets = !config.get_hosts().is_empty() && config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
    let here = sockets || (config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback));
    let of = |authority: Option<PathBuf>| authority.map_or(Trust::Any, Trust::Of);
    let (ssl, trust) = match mode.as_deref() {
        _ if sockets => (SslMode::Disable, None),
        Some("disable") => (SslMode::Disable, None),
        Some("prefer") => (SslMode::Prefer, Some(of(authority))),
        Some("require") => (SslMode::Require, Some(of(authority))),
        Some("verify-ca") => (SslMode::Require, Some(Trust::Of(authority.ok_or_else(|| wrong("verify-ca needs sslrootcert"))?))),
        Some("verify-full") => (SslMode::Require, Some(Trust::ByName(authority))),
        Some(other) => return Err(wrong(format_args!("sslmode={other} is none of disable, prefer, require, verify-ca, verify-full"))),
        None if here => (SslMode::Disable, None),
        None => (SslMode::Require, Some(Trust::ByName(authority))),
    };
    config.ssl_mode(ssl);
    Ok(Way { config, trust })
}

/// The address without what the driver does not know, its `sslmode` and its `sslrootcert`.
fn parts(url: &str) -> Result<(String, Option<String>, Option<PathBuf>), Failure> {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut rest, mut mode, mut authority) = (Vec::new(), None, None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = || percent_encoding::percent_decode_str(value).decode_utf8().map_err(wrong);
        match name {
            "sslmode" => mode = Some(value()?.into_owned()),
            "sslrootcert" => authority = Some(PathBuf::from(value()?.into_owned())),
            _ => rest.push(pair),
        }
    }
    Ok((if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) }, mode, authority))
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback()),
    }
}

impl Trust {
    /// What the driver needs to judge a server.
    ///
    /// # Errors
    /// [`Failure::Database`] when the file of the authority cannot be read.
    pub(crate) fn client(&self) -> Result<ClientConfig, Failure> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().map_err(wrong)?;
        let (file, by_name) = match self {
            Self::Any => (None, false),
            Self::Of(file) => (Some(file), false),
            Self::ByName(file) => (file.as_ref(), true),
        };
        let known = file.map_or(Ok(Vec::new()), |file| certificates(file))?;
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(known.iter().cloned());
        if file.is_none() && by_name {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        let chain = match self {
            Self::Any => None,
            _ => Some(WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().map_err(wrong)?),
        };
        let judge = Arc::new(Judge { chain, known, by_name, provider });
        Ok(builder.dangerous().with_custom_certificate_verifier(judge).with_no_client_auth())
    }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::Database { what: format!("{}: {what}", file.display()) };
    let found = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| wrong(&error))?;
    if found.is_empty() { Err(wrong(&"no certificate in it")) } else { Ok(found) }
}

/// Judges a server's certificate.
#[derive(Debug)]
struct Judge {
    chain: Option<Arc<WebPkiServerVerifier>>,
    known: Vec<CertificateDer<'static>>,
    by_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        server: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        // A server that signed its own certificate is known by it, whatever name and purpose it gave itself.
        if self.known.contains(server) {
            return Ok(ServerCertVerified::assertion());
        }
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(server, between, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }))
                if !self.by_name =>
            {
                Ok(ServerCertVerified::assertion())
            }
            judged => judged,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_reached_in_the_open_and_any_other_encrypted_unless_the_address_says_otherwise() {
        let of = || Some(Trust::Of("/etc/ca.pem".into()));
        for (url, ssl, trust) in [
            ("postgresql://u@localhost/d", SslMode::Disable, None),
            ("postgresql://u@127.0.0.1:5433/d", SslMode::Disable, None),
            ("postgresql://u@[::1]/d?options=-c%20search_path%3Da", SslMode::Disable, None),
            ("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", SslMode::Disable, None),
            ("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d?sslmode=require", SslMode::Disable, None),
            ("postgresql://u@127.0.0.1,db.town/d", SslMode::Require, Some(Trust::ByName(None))),
            ("postgresql://u@localhost/d?hostaddr=10.0.0.4", SslMode::Require, Some(Trust::ByName(None))),
            ("postgresql:///d?hostaddr=10.0.0.4", SslMode::Require, Some(Trust::ByName(None))),
            ("postgres://u:p@10.0.0.4/d", SslMode::Require, Some(Trust::ByName(None))),
            ("postgresql://u@db.town/d?sslrootcert=%2Fetc%2Fca.pem", SslMode::Require, Some(Trust::ByName(Some("/etc/ca.pem".into())))),
            ("postgresql://u@db.town/d?sslmode=disable", SslMode::Disable, None),
            ("postgresql://u@db.town/d?sslmode=prefer", SslMode::Prefer, Some(Trust::Any)),
            ("postgresql://u@db.town/d?sslmode=require", SslMode::Require, Some(Trust::Any)),
            ("postgresql://u@127.0.0.1/d?sslmode=require", SslMode::Require, Some(Trust::Any)),
            ("postgresql://u@db.town/d?sslmode=require&sslrootcert=/etc/ca.pem", SslMode::Require, of()),
            ("postgresql://u@db.town/d?sslrootcert=/etc/ca.pem&sslmode=verify-ca", SslMode::Require, of()),
            ("postgresql://u@db.town/d?sslmode=verify-full", SslMode::Require, Some(Trust::ByName(None))),
        ] {
            let way = way(url).unwrap_or_else(|failure| panic!("{url}: {failure}"));
            assert_eq!((way.config.get_ssl_mode(), way.trust), (ssl, trust), "{url}");
        }
        for url in ["postgresql://u@db.town/d?sslmode=maybe", "postgresql://u@db.town/d?sslmode=verify-ca", "postgresql://u@db.town:port/d"]
        {
            assert!(matches!(way(url), Err(Failure::Database { .. })), "{url}");
        }
    }

    #[test]
    fn other_words_of_an_address_stay() {
        let (plain, mode, authority) = parts("postgresql://u@h/d?options=-c%20a%3Db&sslmode=require&connect_timeout=3").unwrap();
        assert_eq!(plain, "postgresql://u@h/d?options=-c%20a%3Db&connect_timeout=3");
        assert_eq!((mode.as_deref(), authority), (Some("require"), None));
        assert!(matches!(Trust::Of("/no/such/file".into()).client(), Err(Failure::Database { what }) if what.contains("/no/such/file")));
    }
}
