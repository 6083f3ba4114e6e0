-- What admins set for their organization. There is no row until something is set.
CREATE TABLE organization_setting (
    book_id      uuid   NOT NULL, -- the organization's book, whose revision a change raises
    organization text   COLLATE "C" NOT NULL,
    region       text   COLLATE "C", -- ISO 3166-1 alpha-2: what national phone numbers mean; null when it is not set
    version      bigint NOT NULL,
    CONSTRAINT organization_setting_key PRIMARY KEY (book_id, organization),
    CONSTRAINT organization_setting_in_book FOREIGN KEY (book_id, organization) REFERENCES book (book_id, organization)
);
