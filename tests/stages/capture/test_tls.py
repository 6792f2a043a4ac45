"""HTTPS to a pinned address: the certificate is held to the name, and kept in the record."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.stages.capture.make import FIXED, PAGE
from tests.stages.capture.test_ssrf import SHIELD, wired
from uncounted.model.errors import BadInput
from uncounted.stages.capture.web import fetch


def certificate(folder: Path, host: str) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for a host, and a server's context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{host}.pem"
    secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *secret)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return pem, context


def test_a_page_over_https_is_kept_with_its_certificate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pem, context = certificate(tmp_path, "shield.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with wired(monkeypatch, {}, context) as wire:
        page = fetch("https://shield.example/canary", FIXED, wire.resolve)
    assert page.body == PAGE.encode()
    assert (page.record["address"], page.record["tls"]) == (SHIELD, "TLSv1.3")
    assert str(page.record["certificate"]) in pem.read_text()


@pytest.mark.parametrize("known", [True, False])
def test_a_certificate_for_another_name_or_from_nobody_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, known: bool
) -> None:
    pem, context = certificate(tmp_path, "other.example" if known else "shield.example")
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with wired(monkeypatch, {}, context) as wire:
        with pytest.raises(BadInput, match=r"(?i)certificate"):
            fetch("https://shield.example/canary", FIXED, wire.resolve)
        assert wire.server.asked == []
