package dev.odometer.files.azure;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.RequestSigner;
import java.net.URI;

/** A shared access signature, which somebody made with the account's key. */
record SharedAccess(String query) implements RequestSigner {

    SharedAccess {
        query = query.startsWith("?") ? query.substring(1) : query;
    }

    @Override
    public Call prove(Call call) {
        String uri = call.uri().toString();
        String more = uri + (uri.indexOf('?') < 0 ? "?" : "&") + query;
        return new Call(call.method(), URI.create(more), call.headers(), call.body(), call.length());
    }

    @Override
    public boolean isToBlame(int status, String text) {
        return CredentialErrors.isWrongProof(text);
    }

    @Override
    public String toString() {
        return "a shared access signature";
    }
}
