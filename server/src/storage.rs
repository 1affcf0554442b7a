//! The bytes of evidence files, in a folder, under their SHA-256. Knows no database and no owner.

use kakunin_api::PortalError;
use sha2::{Digest, Sha256};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};
use tokio::{
    fs,
    io::AsyncWriteExt,
    sync::{RwLock, RwLockReadGuard},
};

use crate::error::internal;

/// A folder of files named by their content.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
    removing: Arc<RwLock<()>>,
}

impl FileStore {
    /// Opens the folder, making it where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub async fn open(folder: PathBuf) -> std::io::Result<Self> {
        fs::create_dir_all(&folder).await?;
        Ok(Self { folder, removing: Arc::default() })
    }

    /// Keeps `bytes` and gives their SHA-256 in hexadecimal. When this returns they are on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn keep(&self, bytes: &[u8]) -> Result<String, PortalError> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let path = self.path(&sha256)?;
        // Written anew where it is there already, so that it counts as new to [`Self::older`].
        self.write(&path, bytes).await.map_err(internal)?;
        Ok(sha256)
    }

    /// Nothing is removed while this is held: from before a file is kept until the database says whose it is.
    pub async fn hold(&self) -> RwLockReadGuard<'_, ()> {
        self.removing.read().await
    }

    /// The hashes beginning with this byte of files that were kept before `instant`.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn older(&self, first: u8, instant: SystemTime) -> Result<Vec<String>, PortalError> {
        let mut files = match fs::read_dir(self.folder.join(format!("{first:02x}"))).await {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(internal(error)),
        };
        let mut older = Vec::new();
        while let Some(file) = files.next_entry().await.map_err(internal)? {
            let name = file.file_name().to_string_lossy().into_owned();
            let kept_at = file.metadata().await.and_then(|data| data.modified()).map_err(internal)?;
            if kept_at < instant && self.path(&name).is_ok() {
                older.push(name);
            }
        }
        Ok(older)
    }

    /// Removes a file that `is_wanted` does not want, asked while nobody keeps one. Says whether it did.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn remove_unless<W>(&self, sha256: &str, is_wanted: W) -> Result<bool, PortalError>
    where
        W: Future<Output = Result<bool, PortalError>>,
    {
        let _removing = self.removing.write().await;
        if is_wanted.await? {
            return Ok(false);
        }
        fs::remove_file(self.path(sha256)?).await.map_err(internal)?;
        Ok(true)
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
        Ok(self.folder.join(folder).join(sha256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn only_what_is_old_and_wanted_by_nobody_is_removed() {
        let folder = std::env::temp_dir().join(format!("kakunin-storage-{}", std::process::id()));
        let files = FileStore::open(folder.clone()).await.unwrap();
        let (kept, lost) = (files.keep(b"kept").await.unwrap(), files.keep(b"lost").await.unwrap());
        let (before, after) = (SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40));
        let all = async |instant| {
            let mut all = Vec::new();
            for first in 0..=u8::MAX {
                all.extend(files.older(first, instant).await.unwrap());
            }
            all.sort();
            all
        };
        assert!(all(before).await.is_empty());
        let mut both = vec![kept.clone(), lost.clone()];
        both.sort();
        assert_eq!(all(after).await, both);
        assert!(!files.remove_unless(&kept, async { Ok(true) }).await.unwrap());
        assert!(files.remove_unless(&lost, async { Ok(false) }).await.unwrap());
        assert_eq!(all(after).await, [kept]);
        assert!(files.read(&lost).await.is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
