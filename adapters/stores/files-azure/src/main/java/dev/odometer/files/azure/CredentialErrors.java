package dev.odometer.files.azure;

/** What Azure's error codes say about who calls. */
final class CredentialErrors {

    private CredentialErrors() {}

    /** A key, a signature or a clock that is wrong; what is not allowed has other codes. */
    static boolean isWrongProof(String text) {
        return text.contains("<Code>AuthenticationFailed</Code>")
                || text.contains("<Code>InvalidAuthenticationInfo</Code>");
    }
}
