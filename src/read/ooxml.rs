//! What Office parts share: the parts of a package, their relationships, document properties.
