//! A reorganization that was settled ahead, on the days around it.

use super::*;
use crate::{Portal, clock::Clock, config::Config, demo, registers::kinds::CloudServiceRecord, rng::Rng};
use clap::Parser;
use kakunin_api::{
    people::SignIn,
    registers::{ListQuery, RecordForm},
};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// The demo town as it is on a day.
async fn on(data: &str, day: &str) -> Portal {
    let config = Arguments::parse_from(["test", "--data", data]).config;
    let noon = format!("{day}T03:00:00Z").parse().unwrap();
    Portal::open(config, Clock::Fixed(noon), Rng::system()).await.unwrap()
}

async fn signed_in(portal: &Portal, name: &str) -> Actor {
    let form = SignIn { sign_in_name: name.to_owned(), password: demo::PASSWORD.to_owned() };
    let user = portal.people().sign_in(&form, "test").await.unwrap().user;
    let (organization, _) = portal.people().organizations_of(user).await.unwrap().swap_remove(0);
    portal.people().actor(Some((user, organization)), None).await.unwrap()
}

/// The department of the only cloud service.
async fn department_of_service(portal: &Portal, actor: &Actor) -> String {
    let page = portal.records::<CloudServiceRecord>().list(actor, &ListQuery::default(), None).await.unwrap();
    page.rows[0].labels["department"].clone()
}

#[tokio::test]
async fn what_goes_on_moves_on_the_day_and_once() {
    let folder = std::env::temp_dir().join(format!("kakunin-reorganization-{}", Rng::system().token()));
    let data = folder.display().to_string();
    let portal = on(&data, "2027-03-01").await;
    demo::set_up(&portal, 0, false, false).await.unwrap();
    let (office, officer) = (signed_in(&portal, "ito").await, signed_in(&portal, "tanaka").await);
    let departments = portal.records::<DepartmentRecord>();
    let all = departments.list(&office, &ListQuery::default(), None).await.unwrap();
    let old = all.rows.iter().find(|row| row.values["name"].text() == "市民課").unwrap().id;
    let fields = [
        ("name", "申請"),
        ("provider", "例示"),
        ("kind", "saas"),
        ("department", &old.to_string()),
        ("purpose", "申請"),
        ("ismap", "none"),
        ("confidentiality", "2"),
        ("integrity", "2"),
        ("availability", "2"),
        ("zone", "internet"),
        ("personal_information", "no"),
        ("specific_personal_information", "no"),
        ("rule_of_use", "missing"),
    ];
    let form: RecordForm = fields.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).into())).collect();
    portal.records::<CloudServiceRecord>().add(&officer, &form).await.unwrap();
    let old = RecordId(old);
    departments.reorganize(&office, old, ("2027-04-01", "市民窓口課\n市民相談課")).await.unwrap();
    let (day, names) = departments.continued_by(&office, old).await.unwrap().unwrap();
    assert_eq!(
        (day.to_string().as_str(), names),
        ("2027-04-01", vec!["市民窓口課".to_owned(), "市民相談課".to_owned()])
    );

    let eve = on(&data, "2027-03-31").await;
    assert_eq!(eve.bring_reorganizations_about().await, Ok(0));
    assert_eq!(department_of_service(&eve, &signed_in(&eve, "ito").await).await, "市民課");
    let day = on(&data, "2027-04-01").await;
    assert_eq!(day.bring_reorganizations_about().await, Ok(1));
    let officer = signed_in(&day, "tanaka").await;
    assert_eq!(department_of_service(&day, &officer).await, "市民窓口課", "with whoever works there");
    assert_eq!(day.bring_reorganizations_about().await, Ok(0), "once");
    let office = signed_in(&day, "ito").await;
    assert_eq!(day.records::<DepartmentRecord>().continued_by(&office, old).await, Ok(None));
    std::fs::remove_dir_all(folder).unwrap();
}
