//! What callers said into the telephone, kept by the carrier.

use exchange::RecordingSid;
use twilio::rest;

use super::{CarrierApi, NotSaid};

impl CarrierApi {
    /// A recording as a WAV file.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn sound(&self, sid: &RecordingSid) -> Result<Vec<u8>, NotSaid> {
        Ok(self.client()?.fetch_sound(&theirs(sid)).await?)
    }

    /// Removes a recording for good; one that is gone already is removed.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn remove(&self, sid: &RecordingSid) -> Result<(), NotSaid> {
        match self.client()?.delete_recording(&theirs(sid)).await {
            Ok(()) | Err(rest::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// A recording in the carrier's type.
fn theirs(sid: &RecordingSid) -> twilio::RecordingSid {
    twilio::RecordingSid::parse(sid.as_str()).expect("both take RE and 32 hexadecimal digits")
}
