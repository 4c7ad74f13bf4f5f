CREATE TABLE "Reminder" (
    "organizationId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "sentById" UUID NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("organizationId","provider")
);
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_organizationId_sentById_fkey" FOREIGN KEY ("organizationId", "sentById") REFERENCES "Membership"("organizationId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- Both walls, as for every scoped table (20261121000200_walls).
ALTER TABLE "Reminder" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Reminder" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "Reminder" USING ("organizationId" = app_org()) WITH CHECK ("organizationId" = app_org());
