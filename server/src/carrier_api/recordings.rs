//! What callers said into the telephone, kept by the carrier.

use exchange::RecordingSid;

use super::{CarrierApi, NotSaid};

impl CarrierApi {
    /// A recording as a WAV file.
    ///
    /// # Errors
    /// [`NotSaid`].
    pub async fn sound(&self, sid: &RecordingSid) -> Result<Vec<u8>, NotSaid> {
        let sid = twilio::RecordingSid::parse(sid.as_str())
            .expect("both take RE and 32 hexadecimal digits");
        Ok(self.client()?.fetch_sound(&sid).await?)
    }
}
