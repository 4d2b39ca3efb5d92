//! The list of kinds with personal texts must know every kind whose facts refer to one.

use law::Matter;
use schemars::schema_for;

macro_rules! referring {
    ($($Kind:ident => $path:path,)*) => {
        fn referring() -> Vec<&'static str> {
            let mut kinds = Vec::new();
            $(
                let schema = serde_json::to_string(&schema_for!(<$path as Matter>::Fact)).unwrap();
                if schema.contains("PersonalRef") {
                    kinds.push(<$path as Matter>::KIND);
                }
            )*
            kinds
        }
    };
}

law::kinds!(referring);

#[test]
fn every_kind_that_refers_to_personal_texts_is_known() {
    let (mut known, mut referring) = (app::texts::KINDS.to_vec(), referring());
    known.sort_unstable();
    referring.sort_unstable();
    assert_eq!(known, referring, "teach crates/app/src/texts.rs what the facts of the new kind do with personal texts");
}
