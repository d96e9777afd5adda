package dev.odometer.metering.portal;

class InMemoryPortalTokensTest extends PortalTokensContract {

    @Override
    protected PortalTokens empty() {
        return new InMemoryPortalTokens();
    }
}
