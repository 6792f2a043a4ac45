"""A timestamp authority for tests, made and run locally with openssl."""

import subprocess
from pathlib import Path

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Invented Authority
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[tsa]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa_config]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = yes
ess_cert_id_alg = sha256
[lists]
default_ca = own
[own]
database = {folder}/index
crlnumber = {folder}/crlnumber
default_md = sha256
default_crl_days = 30
"""


class Authority:
    """Certificates in a folder; ``chain`` is what its word is checked with. ``days`` is how long they hold."""

    def __init__(self, folder: Path, *, days: int = 30, lists: bool = False) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        (folder / "config").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self._run(f"req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days {days} -config config "
                  "-extensions ca")  # fmt: skip
        self._run("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -config config -subj /CN=Invented.Stamps")
        self._run(f"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -out tsa.pem -days {days} -set_serial 7 "
                  "-extfile config -extensions tsa")  # fmt: skip
        self.chain = (folder / "ca.pem").read_bytes()
        if lists:
            (folder / "index").write_text("")
            (folder / "crlnumber").write_text("01\n")
            self._run("ca -gencrl -config config -name own -keyfile ca.key -cert ca.pem -out crl.pem")
            self.chain += (folder / "crl.pem").read_bytes()

    def reply(self, query: bytes) -> bytes:
        """The reply to a query."""
        (self.folder / "query").write_bytes(query)
        self._run("ts -reply -config config -section tsa_config -queryfile query -out reply")
        return (self.folder / "reply").read_bytes()

    def _run(self, words: str) -> None:
        subprocess.run(["openssl", *words.split()], cwd=self.folder, check=True, capture_output=True)
