//! Lists the catalogue's files for `src/catalog.rs`, so that adding one needs no line of code.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_CATALOG").is_none() {
        return Ok(());
    }
    let variable = |name: &str| env::var(name).map_err(io::Error::other);
    let root = variable("CARGO_MANIFEST_DIR")?;
    let mut code = String::new();
    for (constant, folder) in
        [("POLICIES", "policies"), ("QUESTIONNAIRES", "questionnaires"), ("REQUIREMENTS", "requirements")]
    {
        let folder = Path::new(&root).join("catalog").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".yaml") {
                names.push(name);
            }
        }
        names.sort();
        let _ = writeln!(code, "const {constant}: &[(&str, &str)] = &[");
        for name in names {
            let path = folder.join(&name);
            let shown = format!("catalog/{}/{name}", folder.file_name().unwrap_or_default().to_string_lossy());
            println!("cargo::rerun-if-changed={}", path.display());
            let _ = writeln!(code, "    ({shown:?}, include_str!({:?})),", path.display().to_string());
        }
        code.push_str("];\n");
    }
    fs::write(Path::new(&variable("OUT_DIR")?).join("catalog.rs"), code)
}
