package dev.odometer.files.azure;

/** Recognizes Azure's error codes for invalid credentials. */
final class CredentialErrors {

    private CredentialErrors() {}

    /** Whether a key, a signature or the clock is wrong. Missing permissions have other codes. */
    static boolean isAuthenticationFailure(String text) {
        return text.contains("<Code>AuthenticationFailed</Code>")
                || text.contains("<Code>InvalidAuthenticationInfo</Code>");
    }
}
