//! One ed25519 key: made, written, read, signing.

use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use shelf_law::ContentHash;
use zeroize::Zeroizing;

use super::envelope::canonical;
use super::files::{self, FileError};

const PEM_TAG: &str = "PRIVATE KEY";
const AGE_ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// scrypt with N = 2^18, what the age tool itself uses: about a second and 256 MB for each try.
pub(super) const SCRYPT_WORK: u8 = 18;
/// Refuses a file whose scrypt would eat the machine's memory.
const MAX_SCRYPT_WORK: u8 = 20;

/// What can be wrong with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is encrypted and no passphrase was given.
    #[error("{} is encrypted: give the passphrase that was used at `keys init`", .0.display())]
    PassphraseNeeded(PathBuf),
    /// The passphrase is not the one that the file was encrypted with, or the file is damaged.
    #[error("cannot decrypt {}: {reason}; check the passphrase", path.display())]
    CannotDecrypt {
        /// The key file.
        path: PathBuf,
        /// What the decryption said.
        reason: String,
    },
    /// A passphrase must be text with at least one character.
    #[error("the passphrase is empty or not UTF-8 text")]
    BadPassphrase,
    /// The file holds no ed25519 key.
    #[error("{} is not an ed25519 private key (PKCS#8 PEM); restore it from its copy", .0.display())]
    NotAKey(PathBuf),
    /// The cryptographic library failed, which it does only when the system gives no randomness.
    #[error("the system gave no randomness for {0}")]
    Crypto(&'static str),
}

impl KeyError {
    /// The code by which other programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            KeyError::File(_) => "io",
            KeyError::PassphraseNeeded(_) => "passphrase_needed",
            KeyError::CannotDecrypt { .. } => "cannot_decrypt",
            KeyError::BadPassphrase => "bad_passphrase",
            KeyError::NotAKey(_) => "not_a_key",
            KeyError::Crypto(_) => "no_randomness",
        }
    }
}

/// An ed25519 key that signs. Its file is PKCS#8 PEM, which OpenSSL reads, or an armoured age file
/// around that.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    id: String,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A new key.
    pub fn generate() -> Result<SigningKey, KeyError> {
        let pair = Ed25519KeyPair::generate().map_err(|_| KeyError::Crypto("a new key"))?;
        Ok(SigningKey::from_pair(pair))
    }

    /// Reads a key file; an encrypted one needs its passphrase, for a plain one it is ignored.
    pub fn read(path: &Path, passphrase: Option<&[u8]>) -> Result<SigningKey, KeyError> {
        let bytes = Zeroizing::new(files::read(path)?);
        if !bytes.starts_with(AGE_ARMOR) {
            return SigningKey::from_pem(&bytes).ok_or_else(|| KeyError::NotAKey(path.to_owned()));
        }
        let passphrase =
            secret(passphrase.ok_or_else(|| KeyError::PassphraseNeeded(path.to_owned()))?)?;
        let mut identity = age::scrypt::Identity::new(passphrase);
        identity.set_max_work_factor(MAX_SCRYPT_WORK);
        let plain = age::decrypt(&identity, &bytes).map_err(|error| KeyError::CannotDecrypt {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        SigningKey::from_pem(&Zeroizing::new(plain))
            .ok_or_else(|| KeyError::NotAKey(path.to_owned()))
    }

    /// Its TUF key id: SHA-256 of the canonical public key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The public half as it stands in a root.
    pub fn public(&self) -> Value {
        public_value(self.pair.public_key().as_ref())
    }

    /// The signature over `message`, as hexadecimal digits.
    pub(super) fn sign(&self, message: &[u8]) -> Result<String, KeyError> {
        let signature = self
            .pair
            .try_sign(message)
            .map_err(|_| KeyError::Crypto("a signature"))?;
        Ok(hex::encode(signature))
    }

    /// The bytes of the key's file.
    pub(super) fn to_file(
        &self,
        passphrase: Option<&[u8]>,
        work: u8,
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let der = self
            .pair
            .to_pkcs8v1()
            .map_err(|_| KeyError::Crypto("a key file"))?;
        let text = Zeroizing::new(pem::encode_config(
            &pem::Pem::new(PEM_TAG, der.as_ref()),
            pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF),
        ));
        let Some(passphrase) = passphrase else {
            return Ok(Zeroizing::new(text.as_bytes().to_vec()));
        };
        let mut recipient = age::scrypt::Recipient::new(secret(passphrase)?);
        recipient.set_work_factor(work);
        let armored = age::encrypt_and_armor(&recipient, text.as_bytes())
            .map_err(|_| KeyError::Crypto("an encrypted key file"))?;
        Ok(Zeroizing::new(armored.into_bytes()))
    }

    fn from_pem(bytes: &[u8]) -> Option<SigningKey> {
        let parsed = pem::parse(bytes)
            .ok()
            .filter(|parsed| parsed.tag() == PEM_TAG)?;
        let der = Zeroizing::new(parsed.into_contents());
        Ed25519KeyPair::from_pkcs8(&der)
            .ok()
            .map(SigningKey::from_pair)
    }

    fn from_pair(pair: Ed25519KeyPair) -> SigningKey {
        let public = public_value(pair.public_key().as_ref());
        let id = ContentHash::of(&canonical(&public)).to_string();
        SigningKey { pair, id }
    }
}

fn public_value(public: &[u8]) -> Value {
    json!({
        "keytype": "ed25519",
        "scheme": "ed25519",
        "keyval": {"public": hex::encode(public)},
    })
}

fn secret(passphrase: &[u8]) -> Result<SecretString, KeyError> {
    match std::str::from_utf8(passphrase) {
        Ok(text) if !text.is_empty() => Ok(SecretString::from(text.to_string())),
        _ => Err(KeyError::BadPassphrase),
    }
}
