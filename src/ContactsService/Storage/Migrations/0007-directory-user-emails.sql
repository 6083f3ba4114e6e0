-- Provisioning clients look for a user by an e-mail address before they add one. The test that decides stays in the query
-- (ScimFilterSql); the index holds the addresses as lower() makes them, also of those who have left, whose contacts have none.
CREATE INDEX directory_user_emails ON directory_user USING gin ((lower((resource -> 'emails')::text)::jsonb) jsonb_path_ops);
