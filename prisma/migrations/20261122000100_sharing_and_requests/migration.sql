ALTER TABLE "Organization" ADD COLUMN "askBoards" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "Membership" ADD COLUMN "askNoticeAt" TIMESTAMPTZ(3);
ALTER TABLE "Connector" ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "inAnswers" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "Credential" ADD COLUMN "keptAt" TEXT;

CREATE TABLE "SharedResource" (
    "organizationId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "onBoards" BOOLEAN NOT NULL,
    "changedById" UUID,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SharedResource_pkey" PRIMARY KEY ("organizationId","connectionId","kind","resourceId")
);
ALTER TABLE "SharedResource" ADD CONSTRAINT "SharedResource_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "Connection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ConnectionRequest" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "reason" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionRequest_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ConnectionRequest_organizationId_id_key" ON "ConnectionRequest"("organizationId", "id");
CREATE INDEX "ConnectionRequest_organizationId_provider_status_idx" ON "ConnectionRequest"("organizationId", "provider", "status");
ALTER TABLE "ConnectionRequest" ADD CONSTRAINT "ConnectionRequest_organizationId_userId_fkey" FOREIGN KEY ("organizationId", "userId") REFERENCES "Membership"("organizationId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of two requests for the same thing by the same person only one is open.
CREATE UNIQUE INDEX "ConnectionRequest_one_open" ON "ConnectionRequest"("organizationId", "provider", "userId") WHERE status = 'open';

-- Both walls, as for every scoped table (20261121000200_walls).
ALTER TABLE "SharedResource" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SharedResource" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "SharedResource" USING ("organizationId" = app_org()) WITH CHECK ("organizationId" = app_org());
ALTER TABLE "ConnectionRequest" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ConnectionRequest" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "ConnectionRequest" USING ("organizationId" = app_org()) WITH CHECK ("organizationId" = app_org());
