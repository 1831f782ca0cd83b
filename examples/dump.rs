fn main() {
    let blocks = std::env::args().nth(1).as_deref() == Some("-b");
    for path in std::env::args().skip(1 + usize::from(blocks)) {
        let bytes = std::fs::read(&path).unwrap();
        match kloe::read::read(&path, &bytes, &Default::default()).1 {
            Ok(text) if blocks => {
                println!("{:?} pages {:?} {:?} cut {:?}", text.metadata, text.pages, text.pages_without_text, text.cut);
                for block in text.blocks() {
                    println!("[{} {:?}] {}", block.place, block.role, text.block_text(block));
                }
            }
            Ok(text) => println!("{}", text.content()),
            Err(e) => println!("UNREAD {e:?}"),
        }
    }
}
