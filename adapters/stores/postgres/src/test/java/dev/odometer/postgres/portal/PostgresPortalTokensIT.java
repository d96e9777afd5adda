package dev.odometer.postgres.portal;

import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.portal.PortalTokensContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresPortalTokensIT extends PortalTokensContract {

    @Override
    protected PortalTokens empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).portalTokens();
    }
}
