use proptest::prelude::*;

use super::*;
use crate::read::compound::tests::file;
use crate::text::Role;

fn utf16(words: &str) -> Vec<u8> {
    words.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A stream of properties of eight bytes each.
fn fixed(head: usize, properties: &[(u16, u64)]) -> Vec<u8> {
    let mut bytes = vec![0; head];
    for (property, value) in properties {
        bytes.extend([0x40, 0]);
        bytes.extend(property.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(value.to_le_bytes());
    }
    bytes
}

fn mail(body: (&str, &[u8])) -> Vec<u8> {
    let sent = fixed(32, &[(SENT, 134_222_400_000_000_000)]);
    let subject = utf16("Papers");
    let from = utf16("Jo Bloggs");
    let to = utf16("Ann Other");
    let name = utf16("..\\BAF.md");
    let inner = fixed(24, &[(ARRIVED, 134_222_400_000_000_000)]);
    file(&[
        ("__properties_version1.0", &sent),
        ("__substg1.0_0037001F", &subject),
        ("__substg1.0_0042001F", &from),
        body,
        ("__recip_version1.0_#00000000/__properties_version1.0", &fixed(8, &[(RECIPIENT_KIND, 1)])),
        ("__recip_version1.0_#00000000/__substg1.0_3001001F", &to),
        ("__attach_version1.0_#00000000/__properties_version1.0", &fixed(8, &[(FLAGS, 0)])),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", &name),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", b"# BAF"),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0", &inner),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001E", b"Inner"),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_1000001E", b"Forwarded words."),
    ])
}

fn blocks(text: &Text) -> Vec<(Role, &str)> {
    text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect()
}

#[test]
fn a_mail_reads_with_head_body_and_the_mail_within() {
    let text = read(&mail(("__substg1.0_1000001E", b"We agree.")), &Limits::default()).unwrap();
    assert_eq!(
        blocks(&text),
        [
            (Role::Title, "Papers"),
            (Role::Paragraph, "From: Jo Bloggs"),
            (Role::Paragraph, "Sent: 3 May 2026"),
            (Role::Paragraph, "To: Ann Other"),
            (Role::Paragraph, "We agree."),
            (Role::Heading(2), "Inner"),
            (Role::Paragraph, "Sent: 3 May 2026"),
            (Role::Paragraph, "Forwarded words."),
        ]
    );
    assert_eq!(text.metadata.created.as_deref(), Some("2026-05-03T00:00:00Z"));
    assert!(text.cut.is_empty());
}

#[test]
fn bodies_in_html_and_rich_text_are_read() {
    let html = b"<p>Owner: <b>Matron</b></p>";
    let text = read(&mail(("__substg1.0_10130102", html)), &Limits::default()).unwrap();
    assert!(blocks(&text).contains(&(Role::Paragraph, "Owner: Matron")));
    let rich = [
        &[0; 4][..],
        &60_u32.to_le_bytes(),
        b"MELA\0\0\0\0{\\rtf1\\trowd\\cellx9\\intbl Owner\\cell\\row\\pard Words\\par}",
    ];
    let text = read(&mail(("__substg1.0_10090102", &rich.concat())), &Limits::default()).unwrap();
    assert!(blocks(&text).contains(&(Role::Paragraph, "Words")), "{:?}", blocks(&text));
}

#[test]
fn attachments_come_out_as_they_were() {
    let bytes = mail(("__substg1.0_1000001E", b"x"));
    let contents = attachments(&bytes, &Limits::default(), &mut 100);
    assert_eq!(contents.documents, [Inside { name: "BAF.md".to_string(), bytes: Ok(b"# BAF".to_vec()) }]);
}

#[test]
fn locked_mails_say_so() {
    let class = utf16("IPM.Note.SMIME");
    let bytes = file(&[("__properties_version1.0", &[0; 32]), ("__substg1.0_001A001F", &class)]);
    assert_eq!(read(&bytes, &Limits::default()), Err(Unread::Encrypted));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_stop_the_reader(changes in prop::collection::vec((0..12_000_usize, any::<u8>()), 0..40)) {
        let mut bytes = mail(("__substg1.0_10130102", b"<p>words"));
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&bytes, &Limits::default());
        attachments(&bytes, &Limits::default(), &mut 10_000);
    }
}
