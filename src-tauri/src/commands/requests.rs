//! Requests to Sở: kept on this machine until there is a way to send them.

use crate::dto::{Failure, Request, RequestDraft};
use crate::shell::Shell;
use tauri::State;

#[tauri::command]
pub(crate) async fn requests(shell: State<'_, Shell>) -> Result<Vec<Request>, Failure> {
    shell
        .run(|desk| {
            let requests = desk.profile().requests()?;
            Ok(requests.into_iter().map(Into::into).collect())
        })
        .await
}

#[tauri::command]
pub(crate) async fn request_put(
    shell: State<'_, Shell>,
    draft: RequestDraft,
) -> Result<Request, Failure> {
    shell
        .run(move |desk| Ok(desk.profile().put_request(&draft.into())?.into()))
        .await
}

#[tauri::command]
pub(crate) async fn request_remove(shell: State<'_, Shell>, id: i64) -> Result<(), Failure> {
    shell
        .run(move |desk| desk.profile().remove_request(id).map(drop))
        .await
}

#[tauri::command]
pub(crate) async fn request_restore(shell: State<'_, Shell>, id: i64) -> Result<Request, Failure> {
    shell
        .run(move |desk| Ok(desk.profile().restore_request(id)?.into()))
        .await
}
