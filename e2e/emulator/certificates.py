"""Makes a certificate authority and a certificate of `localhost` for the database servers of the end-to-end tests.

Usage: certificates.py FOLDER
"""

import datetime
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def main(folder: Path) -> None:
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "edx-analytics end-to-end tests")])
    ca = certificate(ca_name, ca_key.public_key(), ca_name).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    write(folder / "ca.pem", ca.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    server = certificate(name, key.public_key(), ca_name).add_extension(
        x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
    )
    write(folder / "server.pem", server.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    write(
        folder / "server-key.pem",
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def certificate(subject: x509.Name, key: ec.EllipticCurvePublicKey, issuer: x509.Name) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )


def write(path: Path, contents: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(contents)


main(Path(sys.argv[1]))
