//! The bytes of evidence files, in a folder, under their SHA-256. Knows no database and no owner.

use kakunin_api::PortalError;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tokio::{fs, io::AsyncWriteExt};

use crate::error::internal;

/// A folder of files named by their content.
#[derive(Clone, Debug)]
pub struct FileStore(PathBuf);

impl FileStore {
    /// Opens the folder, making it where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub async fn open(folder: PathBuf) -> std::io::Result<Self> {
        fs::create_dir_all(&folder).await?;
        Ok(Self(folder))
    }

    /// Keeps `bytes` and gives their SHA-256 in hexadecimal. When this returns they are on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn keep(&self, bytes: &[u8]) -> Result<String, PortalError> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let path = self.path(&sha256)?;
        if !fs::try_exists(&path).await.map_err(internal)? {
            self.write(&path, bytes).await.map_err(internal)?;
        }
        Ok(sha256)
    }

    /// The bytes under this hash, if they still have it.
    ///
    /// # Errors
    /// Internal, with its cause in the log, where the disk gives back nothing, or something else than was kept.
    pub async fn read(&self, sha256: &str) -> Result<Vec<u8>, PortalError> {
        // The database says that it is there, so a file that is not is a fault like any other of the disk.
        let bytes = fs::read(self.path(sha256)?).await.map_err(internal)?;
        if hex::encode(Sha256::digest(&bytes)) == sha256 {
            Ok(bytes)
        } else {
            Err(internal("evidence file changed on disk"))
        }
    }

    /// Writes beside the final place, then moves: a crash leaves no half file under a whole file's name.
    async fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).await?;
        }
        let part = path.with_extension(format!("part-{:016x}", rand::random::<u64>()));
        let mut file = fs::File::create(&part).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        fs::rename(&part, path).await?;
        if let Some(folder) = path.parent() {
            fs::File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    fn path(&self, sha256: &str) -> Result<PathBuf, PortalError> {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let folder = sha256.get(..2).filter(|_| is_hash).ok_or(PortalError::NotFound)?;
        Ok(self.0.join(folder).join(sha256))
    }
}
