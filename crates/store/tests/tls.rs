//! 加密连接 TLS to PostgreSQL: a real server behind a door that speaks TLS with a certificate made for the test.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Failure, Vault, connect};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What a client sends first: the length, and the number that asks for TLS.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// A certificate, its key, and the file of who vouches for it.
struct Identity {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
    authority: PathBuf,
}

fn file(name: &str, pem: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("cunwu-tls-{}-{name}.pem", std::process::id()));
    std::fs::write(&path, pem).unwrap();
    path
}

/// Made out to `name` by an authority of the test's own.
fn vouched(label: &str, name: &str) -> Identity {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    Identity { certificate: certificate.der().clone(), key: key.serialize_der(), authority: file(label, &authority.pem()) }
}

/// Signed by itself, as an authority, which is how people make one in a hurry.
fn own(label: &str, name: &str) -> Identity {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    Identity { certificate: certificate.der().clone(), key: key.serialize_der(), authority: file(label, &certificate.pem()) }
}

/// Where the server of the test run is: the address up to the host, the host with its port, and the rest.
fn server() -> Option<(String, String, String)> {
    let url = std::env::var("CUNWU_TEST_POSTGRES").ok()?;
    let (scheme, rest) = url.split_once("://").unwrap();
    let (user, rest) = rest.rsplit_once('@').unwrap();
    let (host, database) = rest.split_once('/').unwrap();
    Some((format!("{scheme}://{user}@"), host.to_owned(), format!("/{database}")))
}

/// A door before the server that speaks TLS; its port. It stands open until the test ends.
fn door(identity: &Identity, server: String) -> u16 {
    let key = PrivateKeyDer::try_from(identity.key.clone()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![identity.certificate.clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (tell, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap().port()).unwrap();
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(let_in(client, acceptor.clone(), server.clone()));
            }
        });
    });
    hear.recv().unwrap()
}

/// A client that does not ask for TLS, or does not like the certificate, is not let in.
async fn let_in(mut client: TcpStream, acceptor: TlsAcceptor, server: String) -> std::io::Result<()> {
    let mut asked = [0; 8];
    client.read_exact(&mut asked).await?;
    if asked != SSL_REQUEST {
        return Ok(());
    }
    client.write_all(b"S").await?;
    let mut client = acceptor.accept(client).await?;
    let mut server = TcpStream::connect(server).await?;
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}

/// Connects and asks something.
fn asks(url: &str) -> Result<i64, Failure> {
    let mut connection = connect(url, &Arc::new(Vault::new(&[0; 32], &[0; 32])))?;
    let mut tx = connection.read()?;
    tx.row("SELECT 41 + $1::bigint", &[1_i64.into()])?.unwrap().int(0)
}

#[test]
fn a_server_is_reached_encrypted_and_only_if_its_certificate_is_what_was_asked_for() {
    let Some((user, host, database)) = server() else { return };
    let (right, other, own) = (vouched("right", "localhost"), vouched("other", "localhost"), own("own", "elsewhere"));
    let (right_port, own_port) = (door(&right, host.clone()), door(&own, host.clone()));
    let join = if database.contains('?') { '&' } else { '?' };
    let url = |port: u16, query: &str| format!("{user}localhost:{port}{database}{join}{query}");
    let of = |identity: &Identity| format!("sslrootcert={}", identity.authority.display());

    for query in [
        "sslmode=require".to_owned(),
        "sslmode=prefer".to_owned(),
        format!("sslmode=require&{}", of(&right)),
        format!("sslmode=verify-ca&{}", of(&right)),
        format!("sslmode=verify-full&{}", of(&right)),
    ] {
        assert_eq!(asks(&url(right_port, &query)).unwrap(), 42, "{query}");
    }
    for query in [format!("sslmode=verify-full&{}", of(&other)), format!("sslmode=require&{}", of(&other)), "sslmode=verify-full".into()] {
        assert!(matches!(asks(&url(right_port, &query)), Err(Failure::Database { .. })), "{query}");
    }
    // By its number the server is nobody that the certificate names; a server that vouches for itself is known by that.
    let by_number = |mode: &str| url(right_port, &format!("sslmode={mode}&{}", of(&right))).replace("localhost", "127.0.0.1");
    assert!(asks(&by_number("verify-full")).is_err());
    assert_eq!(asks(&by_number("verify-ca")).unwrap(), 42);
    assert_eq!(asks(&url(own_port, &format!("sslmode=verify-full&{}", of(&own)))).unwrap(), 42);
    assert!(asks(&url(own_port, &format!("sslmode=verify-ca&{}", of(&right)))).is_err());

    // The server itself speaks no TLS here: whoever insists on it is not connected, whoever does not, is.
    let plain = |mode: &str| asks(&format!("{user}{host}{database}{join}sslmode={mode}"));
    assert_eq!((plain("prefer").unwrap(), plain("disable").unwrap()), (42, 42));
    let Err(Failure::Database { what }) = plain("require") else { panic!("connected in the open") };
    assert!(what.contains("TLS"), "{what}");
    assert!(asks(&url(right_port, "sslmode=disable")).is_err(), "the door lets nobody in who does not ask for TLS");
    [right, other, own].iter().for_each(|identity| std::fs::remove_file(&identity.authority).unwrap());
}
