-- How old a credential that does not renew itself may get here, and what is known of each besides its age.
ALTER TABLE "Organization" ADD COLUMN "rotationDays" INTEGER NOT NULL DEFAULT 90
  CONSTRAINT "Organization_rotationDays_check" CHECK ("rotationDays" BETWEEN 30 AND 365);
ALTER TABLE "Credential" ADD COLUMN "suspectedAt" TIMESTAMPTZ(3), ADD COLUMN "suspectedById" UUID, ADD COLUMN "rotationTold" INTEGER;

-- The key that sealed a value, by the name in its header (RFC 7515 section 4.1.4); NULL for what has no such header.
-- Its exception block is a subtransaction, which a parallel worker may not begin before PostgreSQL 17.
CREATE FUNCTION sealed_by(sealed text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE AS $$
DECLARE header text;
BEGIN
  header := translate(sealed::json->>'protected', '-_', '+/');
  RETURN convert_from(decode(header || repeat('=', (4 - length(header) % 4) % 4), 'base64'), 'UTF8')::json->>'kid';
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;
