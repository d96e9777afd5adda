package dev.odometer.files.azure;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.RequestSigner;
import java.net.URI;

/** Authorizes calls with a shared access signature (SAS), which an operator created. */
record SharedAccess(String query) implements RequestSigner {

    SharedAccess {
        query = query.startsWith("?") ? query.substring(1) : query;
    }

    @Override
    public Call sign(Call call) {
        String uri = call.uri().toString();
        String authorized = uri + (uri.indexOf('?') < 0 ? "?" : "&") + query;
        return new Call(call.method(), URI.create(authorized), call.headers(), call.body(), call.length());
    }

    @Override
    public boolean isCredentialError(int status, String text) {
        return CredentialErrors.isAuthenticationFailure(text);
    }

    @Override
    public String toString() {
        return "a shared access signature";
    }
}
