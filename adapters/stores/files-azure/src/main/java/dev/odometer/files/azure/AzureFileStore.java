package dev.odometer.files.azure;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.ObjectReader;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A file store in Azure Blob Storage, with files as block blobs of a storage account. */
record AzureFileStore(HttpStore http, URI account) implements FileStore {

    /** Azure allows 50,000 blocks per blob, so files have at most 390 GiB. */
    static final int BLOCK_BYTES = 8 * 1024 * 1024;

    /** The oldest version of the REST API with all features used here; later servers still support it. */
    private static final String API_VERSION = "2021-08-06";

    Call call(String method, FileName name, String query) {
        URI uri = URI.create(
                account + "/" + ObjectNames.escaped(name.container()) + "/" + ObjectNames.path(name.key()) + query);
        return Call.of(method, uri).header("x-ms-version", API_VERSION);
    }

    /** Refuses names that Azure changes: it replaces backslashes by slashes, and may drop trailing dots and slashes. */
    private static void check(FileName name) {
        ObjectNames.check(name);
        if (name.key().matches(".*(\\\\|\\./|[./]$).*")) {
            throw Refusal.invalid("invalid blob name: " + Refusal.quote(name.key()));
        }
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        check(name);
        return new ObjectReader(http, new Wire(name)).open(name.key(), version, from);
    }

    private final class Wire implements ObjectReader.Protocol {

        private final FileName name;

        Wire(FileName name) {
            this.name = name;
        }

        @Override
        public Call get(@Nullable String version) {
            Call get = call("GET", name, "");
            return version == null ? get : get.header("If-Match", "\"" + unquoted(version) + "\"");
        }

        @Override
        public String version(Reply reply) throws IOException {
            return unquoted(reply.required("ETag"));
        }
    }

    /** The ETag without quotation marks, as in Event Grid, and without characters that are not allowed in an ETag. */
    private static String unquoted(String etag) {
        return etag.replaceAll("[^!#-~]", "");
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        check(name);
        Upload.write(new BlockUpload(this, name, contentType), BLOCK_BYTES, content, name.key());
    }

    @Override
    public void delete(FileName name) {
        check(name);
        http.delete(call("DELETE", name, ""), name.key());
    }
}
