//! The ciphers that packets of sound are sealed with (SRTP: RFC 3711, RFC 7714).

use aes::cipher::{Block, BlockEncrypt, KeyInit, KeyIvInit, StreamCipher};
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use str0m::crypto::{
    AeadAes128GcmCipher, AeadAes256GcmCipher, Aes128CmSha1_80Cipher, CryptoError, SrtpProvider,
    SupportedAeadAes128Gcm, SupportedAeadAes256Gcm, SupportedAes128CmSha1_80,
};

/// The tag behind what is sealed by AES-GCM.
const TAG: usize = 16;

/// Makes ciphers.
#[derive(Debug)]
pub(super) struct Packets;

impl SrtpProvider for Packets {
    fn aes_128_cm_sha1_80(&self) -> &'static dyn SupportedAes128CmSha1_80 {
        &Self
    }

    fn aead_aes_128_gcm(&self) -> &'static dyn SupportedAeadAes128Gcm {
        &Self
    }

    fn aead_aes_256_gcm(&self) -> &'static dyn SupportedAeadAes256Gcm {
        &Self
    }

    fn srtp_aes_128_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block::<aes::Aes128>(key, input, output);
    }

    fn srtp_aes_256_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block::<aes::Aes256>(key, input, output);
    }
}

/// A block by itself, from which keys are derived. Only the first 16 bytes of the output are read.
fn one_block<C: BlockEncrypt + KeyInit>(key: &[u8], input: &[u8], output: &mut [u8]) {
    let cipher = C::new_from_slice(key).expect("the key is as long as the cipher's");
    let mut block = Block::<C>::default();
    let length = block.len();
    block.copy_from_slice(&input[..length]);
    cipher.encrypt_block(&mut block);
    output[..length].copy_from_slice(&block);
}

impl SupportedAes128CmSha1_80 for Packets {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn Aes128CmSha1_80Cipher> {
        Box::new(Counter(key))
    }
}

impl SupportedAeadAes128Gcm for Packets {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn AeadAes128GcmCipher> {
        Box::new(Sealing::new(&AES_128_GCM, &key))
    }
}

impl SupportedAeadAes256Gcm for Packets {
    fn create_cipher(&self, key: [u8; 32], _encrypt: bool) -> Box<dyn AeadAes256GcmCipher> {
        Box::new(Sealing::new(&AES_256_GCM, &key))
    }
}

/// AES in counter mode, which is the same there and back.
struct Counter([u8; 16]);

impl std::fmt::Debug for Counter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Counter")
    }
}

impl Aes128CmSha1_80Cipher for Counter {
    fn encrypt(
        &mut self,
        iv: &[u8; 16],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        let mut cipher = ctr::Ctr128BE::<aes::Aes128>::new(&self.0.into(), iv.into());
        let output = room(output, input.len())?;
        output.copy_from_slice(input);
        cipher.apply_keystream(output);
        Ok(())
    }

    fn decrypt(
        &mut self,
        iv: &[u8; 16],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        self.encrypt(iv, input, output)
    }
}

/// AES-GCM, from ring.
#[derive(Debug)]
struct Sealing(LessSafeKey);

impl Sealing {
    fn new(algorithm: &'static Algorithm, key: &[u8]) -> Self {
        let key = UnboundKey::new(algorithm, key).expect("the key is as long as the cipher's");
        Self(LessSafeKey::new(key))
    }

    fn seal(
        &self,
        iv: &[u8; 12],
        aad: &[u8],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        let output = room(output, input.len() + TAG)?;
        let (sealed, tag) = output.split_at_mut(input.len());
        sealed.copy_from_slice(input);
        let nonce = Nonce::assume_unique_for_key(*iv);
        let its_tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(aad), sealed)
            .map_err(|_| wrong("a packet could not be sealed"))?;
        tag.copy_from_slice(its_tag.as_ref());
        Ok(())
    }

    fn open(
        &self,
        iv: &[u8; 12],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        let mut opened = input.to_vec();
        let nonce = Nonce::assume_unique_for_key(*iv);
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(aads.concat()), &mut opened)
            .map_err(|_| wrong("a packet was not sealed with these keys"))?;
        room(output, plain.len())?.copy_from_slice(plain);
        Ok(plain.len())
    }
}

macro_rules! sealing {
    ($cipher:ident) => {
        impl $cipher for Sealing {
            fn encrypt(
                &mut self,
                iv: &[u8; 12],
                aad: &[u8],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<(), CryptoError> {
                self.seal(iv, aad, input, output)
            }

            fn decrypt(
                &mut self,
                iv: &[u8; 12],
                aads: &[&[u8]],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<usize, CryptoError> {
                self.open(iv, aads, input, output)
            }
        }
    };
}

sealing!(AeadAes128GcmCipher);
sealing!(AeadAes256GcmCipher);

/// So much of the output, if there is so much of it.
fn room(output: &mut [u8], length: usize) -> Result<&mut [u8], CryptoError> {
    let short = || wrong("there is too little room for a packet");
    output.get_mut(..length).ok_or_else(short)
}

fn wrong(what: &str) -> CryptoError {
    CryptoError::Other(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits
            .chunks(2)
            .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn a_block_is_that_of_the_standard() {
        // FIPS 197, appendix C.
        let input = bytes("00112233445566778899aabbccddeeff");
        let key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        let mut output = [0; 32];

        Packets.srtp_aes_128_ecb_round(&key[..16], &input, &mut output);
        assert_eq!(output[..16], bytes("69c4e0d86a7b0430d8cdb78070b4c55a"));

        Packets.srtp_aes_256_ecb_round(&key, &input, &mut output);
        assert_eq!(output[..16], bytes("8ea2b7ca516745bfeafc49904b496089"));
    }

    #[test]
    fn the_counter_is_that_of_the_standard() {
        // RFC 3711, appendix B.2.
        let key = bytes("2b7e151628aed2a6abf7158809cf4f3c");
        let iv = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000");
        let mut cipher = Counter(key.try_into().unwrap());
        let mut output = [0; 48];

        let done = cipher.encrypt(&iv.try_into().unwrap(), &[0; 48], &mut output);

        assert!(done.is_ok());
        let stream = "e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab \
                      41e95b3bb0a2e8dd477901e4fca894c0";
        assert_eq!(output.to_vec(), bytes(stream));
    }

    #[test]
    fn what_is_sealed_is_opened_and_what_was_changed_is_not() {
        let sealing = Sealing::new(&AES_128_GCM, &[7; 16]);
        let mut sealed = [0; 5 + TAG];
        let mut opened = [0; 5];
        let done = sealing.seal(&[1; 12], b"header", b"sound", &mut sealed);
        assert!(done.is_ok());

        let length = sealing.open(&[1; 12], &[b"hea", b"der"], &sealed, &mut opened);

        assert_eq!((length.ok(), &opened), (Some(5), b"sound"));
        assert!(
            sealing
                .open(&[2; 12], &[b"header"], &sealed, &mut opened)
                .is_err()
        );
        assert!(
            sealing
                .open(&[1; 12], &[b"other"], &sealed, &mut opened)
                .is_err()
        );
        assert!(
            sealing
                .open(&[1; 12], &[b"header"], &sealed[..9], &mut opened)
                .is_err()
        );
        assert!(sealing.seal(&[1; 12], b"", b"sound", &mut opened).is_err());
    }
}
