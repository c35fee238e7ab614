use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::PathBuf;

use crate::failure::{Doing, Failure};
use crate::server::{self, Site};
use crate::{Done, Outcome, out};

/// Serve a built site on this machine
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that `sandtable build --app` wrote
    site: PathBuf,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8020)]
    port: u16,
    /// The path that the site lies under, as on a real host
    #[arg(long, default_value = "/", value_name = "PATH")]
    base: String,
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let site = Site::open(&args.site, &args.base)?;
    let listener = listen(args)?;
    let port = listener
        .local_addr()
        .doing(|| "Cannot learn the port".to_owned())?
        .port();
    let host = if args.host.contains(':') {
        format!("[{}]", args.host)
    } else {
        args.host.clone()
    };
    let base = site.base().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.doing(|| "Cannot start the server".to_owned())?;
    runtime.block_on(async {
        let stop = server::stop_signal().doing(|| "Cannot listen for Ctrl-C".to_owned())?;
        // The socket listens already: whoever reads this line may connect, or stop us.
        out::result(&format!("Sandtable is at http://{host}:{port}{base}\n"))?;
        tokio::select! {
            served = server::run(listener, site) => served,
            // Nothing here needs an orderly end: every request reads, none writes.
            () = stop => Ok(()),
        }
    })?;
    out::note("Stopped.\n");
    Ok(Done::Fine)
}

fn listen(args: &Args) -> Result<TcpListener, Failure> {
    let Args { host, port, .. } = args;
    TcpListener::bind((host.as_str(), *port)).map_err(|error| {
        Failure::new(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "Port {port} on {host} is in use by another program. Choose another: sandtable serve --port {}, or PORT={} ./dev serve.",
                port.saturating_add(1),
                port.saturating_add(1)
            ),
            ErrorKind::PermissionDenied => {
                format!("Port {port} may not be used by you. Choose one above 1023 with --port, or PORT for ./dev serve.")
            }
            _ => format!("Cannot listen on {host}, port {port}: {error}"),
        })
    })
}
