package dev.odometer.files.azure;

import dev.odometer.files.http.Authority;
import dev.odometer.files.http.Call;
import java.net.URI;

/** A shared access signature, which somebody made with the account's key. */
record SharedAccess(String query) implements Authority {

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
        return Blame.isWrongProof(text);
    }

    @Override
    public String toString() {
        return "a shared access signature";
    }
}
