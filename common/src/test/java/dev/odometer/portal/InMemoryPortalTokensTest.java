package dev.odometer.portal;

class InMemoryPortalTokensTest extends PortalTokensContract {

    @Override
    protected PortalTokens empty() {
        return new InMemoryPortalTokens();
    }
}
