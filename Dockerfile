# A static program in an empty image: no shell, no libraries, no root.
FROM rust:1.92-alpine AS build
WORKDIR /kloe
COPY Cargo.toml Cargo.lock README.md ./
COPY src src
COPY rules rules
COPY benches benches
RUN cargo build --release --locked --bin kloe && mkdir -m 1777 /empty

FROM scratch
COPY --from=build /kloe/target/release/kloe /kloe
COPY LICENSE-MIT LICENSE-APACHE /
# Some reports are put together in a temporary folder.
COPY --from=build /empty /tmp
USER 65532:65532
WORKDIR /evidence
ENTRYPOINT ["/kloe"]
CMD ["check", "."]
