namespace ContactsService.Benchmarks;

/// <summary>
/// The tables of <see cref="OwnSqlProgram"/> and of <see cref="EfProgram"/>, filled from the contacts that the service has.
/// </summary>
internal static class OwnSqlTables
{
    /// <summary>Creates and fills both.</summary>
    public const string Sql = """
        CREATE TABLE bare_book (book_id uuid PRIMARY KEY, revision bigint NOT NULL);
        CREATE TABLE bare_group (book_id uuid PRIMARY KEY, body text NOT NULL);
        CREATE TABLE bare_contact (
            book_id uuid NOT NULL, contact_id text COLLATE "C" NOT NULL, body text NOT NULL, short_body text NOT NULL,
            version bigint NOT NULL, sort_name text COLLATE "C" NOT NULL, first_name text COLLATE "C", last_name text COLLATE "C",
            PRIMARY KEY (book_id, contact_id));
        CREATE TABLE bare_phone (
            book_id uuid, digits text COLLATE "C", contact_id text COLLATE "C", PRIMARY KEY (book_id, digits, contact_id));
        INSERT INTO bare_book SELECT book_id, revision FROM book;
        INSERT INTO bare_group
        SELECT b.book_id,
               format('{%s,"isDefault":true,"memberCount":%s,'
                      '"meta":{"created":"%s","lastModified":"%s","version":1,"etag":"\"%s-1\""}}',
                      g.body, g.member_count, g.created, g.last_modified, b.book_id)
        FROM book b JOIN contact_group g USING (book_id);
        INSERT INTO bare_contact
        SELECT book_id, contact_id,
               format('{%s,"groups":["%s"],"meta":{"created":"%s","lastModified":"%s","version":1,"etag":"\"%s-1\""}}',
                      body, book_id, created, last_modified, book_id),
               format('{"contactId":"%s","displayName":"%s",'
                      '"phoneNumbers":[{"type":"work","value":"+1 555 010 %s"},{"type":"mobile","value":"+1 555 020 %s"}]}',
                      contact_id, initcap(display_name), substr(contact_id, 3), substr(contact_id, 3)),
               version, sort_name, first_name, last_name
        FROM contact;
        INSERT INTO bare_phone SELECT book_id, unnest(phone_numbers), contact_id FROM contact;
        CREATE INDEX ON bare_contact (book_id, sort_name, contact_id);
        CREATE INDEX ON bare_contact (book_id, last_name, first_name, sort_name);

        CREATE TABLE "Contacts" ("Id" text PRIMARY KEY, "BookId" uuid NOT NULL, "ContactId" text NOT NULL, "DisplayName" text NOT NULL,
            "FirstName" text, "LastName" text, "CompanyName" text, "Street" text, "City" text, "Country" text, "Version" bigint NOT NULL,
            "Created" timestamptz NOT NULL, "LastModified" timestamptz NOT NULL);
        CREATE TABLE "Points" ("Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "ContactKey" text NOT NULL, "IsPhone" boolean NOT NULL,
            "Type" text NOT NULL, "Value" text NOT NULL, "Digits" text);
        CREATE TABLE "Groups" ("Id" uuid PRIMARY KEY, "BookId" uuid NOT NULL, "DisplayName" text NOT NULL, "MemberCount" integer NOT NULL);
        INSERT INTO "Contacts"
        SELECT book_id || contact_id, book_id, contact_id, initcap(display_name), initcap(first_name), initcap(last_name),
               initcap(company_name), 'Main Street', 'Springfield', 'US', version, created, last_modified FROM contact;
        INSERT INTO "Points" ("ContactKey", "IsPhone", "Type", "Value", "Digits")
        SELECT book_id || contact_id, true, 'work', '+' || number, number FROM contact, unnest(phone_numbers) number
        UNION ALL SELECT book_id || contact_id, false, 'work', email, NULL FROM contact, unnest(emails) email;
        INSERT INTO "Groups" SELECT group_id, book_id, 'Other contacts', member_count FROM contact_group;
        CREATE INDEX ON "Contacts" ("BookId", "DisplayName");
        CREATE INDEX ON "Contacts" ("BookId", "LastName", "FirstName");
        CREATE INDEX ON "Points" ("ContactKey");
        CREATE INDEX ON "Points" ("Digits");
        CREATE INDEX ON "Groups" ("BookId");
        """;
}
