ALTER TABLE "Organization" ADD COLUMN "whoMayMakeTokens" TEXT NOT NULL DEFAULT 'admins';

CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "startsWith" TEXT NOT NULL,
    "endsWith" TEXT NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "previousHash" BYTEA,
    "previousUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");
CREATE UNIQUE INDEX "ApiToken_previousHash_key" ON "ApiToken"("previousHash");
CREATE UNIQUE INDEX "ApiToken_organizationId_id_key" ON "ApiToken"("organizationId", "id");
CREATE INDEX "ApiToken_organizationId_createdById_idx" ON "ApiToken"("organizationId", "createdById");
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_organizationId_createdById_fkey" FOREIGN KEY ("organizationId", "createdById") REFERENCES "Membership"("organizationId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ApiTokenUse" (
    "organizationId" UUID NOT NULL,
    "tokenId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,

    CONSTRAINT "ApiTokenUse_pkey" PRIMARY KEY ("organizationId","tokenId")
);
ALTER TABLE "ApiTokenUse" ADD CONSTRAINT "ApiTokenUse_organizationId_tokenId_fkey" FOREIGN KEY ("organizationId", "tokenId") REFERENCES "ApiToken"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Both walls, as for every scoped table (20261121000200_walls); the lookup by hash comes before an organization is known.
DO $$
DECLARE entry text[];
BEGIN
  FOREACH entry SLICE 1 IN ARRAY ARRAY[['ApiToken', 'SELECT'], ['ApiTokenUse', 'SELECT, INSERT, UPDATE']] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', entry[1]);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', entry[1]);
    EXECUTE format('CREATE POLICY tenant ON %I USING ("organizationId" = app_org()) WITH CHECK ("organizationId" = app_org())', entry[1]);
    EXECUTE format('GRANT %s ON %I TO plugboard_system', entry[2], entry[1]);
    EXECUTE format('CREATE POLICY system ON %I TO plugboard_system USING (TRUE) WITH CHECK (TRUE)', entry[1]);
  END LOOP;
END $$;
