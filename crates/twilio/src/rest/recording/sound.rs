//! The sound of a recording.

use http::Method;

use crate::rest::answer::check;
use crate::rest::parameters::Parameters;
use crate::rest::{Client, Error};
use crate::sid::RecordingSid;

impl Client {
    /// Fetches a recording's sound as a WAV file.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn fetch_sound(&self, sid: &RecordingSid) -> Result<Vec<u8>, Error> {
        let target = self.target(&format!("Recordings/{sid}.wav"), &Parameters::default());
        let response = self.send(&Method::GET, &target, None).await?;
        check(&Method::GET, &response)?;
        Ok(response.into_body())
    }
}
