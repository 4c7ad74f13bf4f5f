-- Row-level security: the second wall of tenancy. The app role sees only rows of the organization that
-- withOrg() put into app.org_id for the running transaction. plugboard_system (taken with SET LOCAL ROLE by
-- withSystem) sees only the tables named at the end. The owner is held to the same policies (FORCE).

CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.org_id', TRUE), '')::uuid $$;
CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.user_id', TRUE), '')::uuid $$;

DO $$
DECLARE scoped text;
BEGIN
  FOR scoped IN
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'organizationId'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING ("organizationId" = app_org()) WITH CHECK ("organizationId" = app_org())', scoped);
  END LOOP;
END $$;

ALTER TABLE "Organization" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Organization" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "Organization" USING (id = app_org()) WITH CHECK (id = app_org());

-- People are global: one sees oneself and those who are, or were, in the same organization.
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "User" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "User" FOR SELECT
  USING (id = app_user() OR EXISTS (SELECT 1 FROM "Membership" m WHERE m."userId" = "User".id));
CREATE POLICY self ON "User" FOR UPDATE USING (id = app_user()) WITH CHECK (id = app_user());

ALTER TABLE "Session" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Session" FORCE ROW LEVEL SECURITY;
ALTER TABLE "EmailToken" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "EmailToken" FORCE ROW LEVEL SECURITY;

-- An audit row is never changed through the app, whatever it is granted; nobody is granted to remove one.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events cannot be changed';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- What crosses organizations: sign-up, sign-in and membership lookup (with the audit events they write), invitations and attempts by hash, shared accounts, schedules, purges.
DO $$
DECLARE entry text[];
BEGIN
  FOREACH entry SLICE 1 IN ARRAY ARRAY[
    ['User', 'SELECT, INSERT, UPDATE'], ['Session', 'SELECT, INSERT, UPDATE, DELETE'],
    ['EmailToken', 'SELECT, INSERT, UPDATE, DELETE'], ['Organization', 'SELECT, INSERT'],
    ['Membership', 'SELECT, INSERT, UPDATE'], ['Invitation', 'SELECT, UPDATE'],
    ['AuditEvent', 'SELECT, INSERT'], ['AuditHead', 'SELECT, INSERT, UPDATE'],
    ['ConnectAttempt', 'SELECT, DELETE'], ['Connection', 'SELECT'], ['Credential', 'SELECT'], ['CardCopy', 'SELECT, UPDATE']
  ] LOOP
    EXECUTE format('GRANT %s ON %I TO plugboard_system', entry[2], entry[1]);
    EXECUTE format('CREATE POLICY system ON %I TO plugboard_system USING (TRUE) WITH CHECK (TRUE)', entry[1]);
  END LOOP;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO plugboard_system', current_schema());
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON "Throttle", "KeyFingerprint" TO plugboard_system;
-- The session that started an attempt may have ended when its answer comes: then only its end can be written.
GRANT UPDATE (status, problem, "endedAt", "consumedAt", verifier) ON "ConnectAttempt" TO plugboard_system;
