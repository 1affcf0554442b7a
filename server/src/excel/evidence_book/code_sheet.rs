//! コード表: what the words and columns mean, and the history of this layout.

use super::data_sheet::COLUMNS;
use crate::excel::cell::{body, heading, text};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Words and their meaning: kind, word, meaning.
const WORDS: [(&str, &str, &str); 29] = [
    ("判定", "適合", "要求事項を満たすことが回答または台帳で確かめられた"),
    ("判定", "一部適合", "一部だけ満たす。得点は半分として数える"),
    ("判定", "不適合", "満たさないことが確かめられた"),
    ("判定", "未確認", "未回答・非開示・台帳の記録なしのため決められない。適合としては扱わない"),
    ("判定", "該当なし", "この対象には当てはまらない。得点と確認率の計算から除く"),
    ("総合判定", "適合（A）・適合（B）・条件付（C）", "得点がポリシーの定める基準に達した"),
    ("総合判定", "不適合", "必須の要求事項に不適合がある、または得点が基準に達しない"),
    ("総合判定", "未確認", "必須の要求事項に未確認がある、または確認率がポリシーの最低値に達しない"),
    ("程度", "必須", "不適合が一つでもあれば総合判定は不適合になる"),
    ("程度", "推奨", "得点に反映する"),
    ("満たすべき者", "委託先・提供者", "委託先またはサービスの提供者が対応すべき要求事項"),
    ("満たすべき者", "自治体", "自治体が対応すべき要求事項"),
    ("数値", "得点", "確認済みの重みに対する、適合を1・一部適合を0.5とした重みの割合"),
    ("数値", "確認率", "該当なしを除く重みに対する、確認済みの重みの割合"),
    ("状態", "送付済み", "委託先はまだ回答を始めていない"),
    ("状態", "回答中", "委託先が回答している"),
    ("状態", "提出済み", "審査を待っている"),
    ("状態", "差戻し中", "質問を付けて委託先に戻した"),
    ("状態", "審査中", "審査担当が確認している"),
    ("状態", "決裁済み", "責任者の決裁が終わった。判定はその時点で固定される"),
    ("状態", "取下げ", "調査を取りやめた"),
    ("状態", "作成中", "まだ送っていない"),
    ("状態", "期限切れ", "決裁の効力がなくなった"),
    ("状態", "更新済み", "後の調査に置き換わった"),
    ("決裁の結論", "適合", "責任者が適合と決裁した"),
    ("決裁の結論", "条件付適合", "責任者が条件を付けて適合と決裁した"),
    ("決裁の結論", "不適合", "責任者が不適合と決裁した"),
    ("表記", "先頭の「'」", "=、+、-、@（全角を含む）などで始まる文は、数式にならないよう先頭に「'」を付けている"),
    ("様式の版", "1.0", "令和8年11月20日：初版"),
];

pub(super) fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("コード表")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, (label, width)) in (0..).zip([("種類", 16.0), ("語", 36.0), ("意味", 90.0)]) {
        text(sheet, 0, column, label, &heading())?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let columns = COLUMNS.iter().map(|(name, meaning)| ("データの列", *name, *meaning));
    for (row, (kind, word, meaning)) in (1..).zip(WORDS.into_iter().chain(columns)) {
        for (column, content) in (0..).zip([kind, word, meaning]) {
            text(sheet, row, column, content, &body())?;
        }
    }
    Ok(())
}
