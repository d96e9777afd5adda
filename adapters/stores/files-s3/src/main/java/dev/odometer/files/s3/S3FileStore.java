package dev.odometer.files.s3;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.ObjectReader;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Files as objects of S3's buckets. */
final class S3FileStore implements FileStore {

    /** S3 takes parts from 5 MiB on, and 10,000 of them: files of up to 78 GiB. */
    static final int PART_BYTES = 8 * 1024 * 1024;

    private static final Pattern BARE_ETAG = Pattern.compile("[0-9a-fA-F]{32}(-[0-9]{1,5})?");
    private static final Pattern QUOTED_ETAG = Pattern.compile("\"[!#-~]+\"");

    private final S3Settings settings;
    private final HttpStore.Limits limits;
    private @Nullable Place place;

    /** What is known once somebody asks for a file. */
    private record Place(HttpStore http, URI endpoint) {}

    S3FileStore(S3Settings settings, HttpStore.Limits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** Credentials and region may have to be asked for over the network: a start must not pay for it. */
    private synchronized Place place() {
        if (place == null) {
            String region = settings.region().isEmpty()
                    ? DefaultAwsRegionProviderChain.builder()
                            .build()
                            .getRegion()
                            .id()
                    : settings.region();
            URI endpoint = settings.endpoint()
                    .orElseGet(() ->
                            URI.create("https://" + ServiceMetadata.of("s3").endpointFor(Region.of(region))));
            place = new Place(new HttpStore(Signature.byDefault(region), limits), endpoint);
        }
        return place;
    }

    HttpStore http() {
        return place().http();
    }

    /** A bucket with a dot has no certificate as a host. */
    URI uri(FileName name, String query) {
        URI endpoint = place().endpoint();
        boolean inPath = settings.pathStyle() || name.container().contains(".");
        String host = inPath ? endpoint.getRawAuthority() : name.container() + "." + endpoint.getRawAuthority();
        String bucket = inPath ? "/" + name.container() : "";
        return URI.create(endpoint.getScheme() + "://" + host + bucket + "/" + ObjectNames.path(name.key()) + query);
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        ObjectNames.check(name);
        return new ObjectReader(http(), new Wire(name, version)).open(name.key(), version, from);
    }

    private final class Wire implements ObjectReader.Wire {

        private final FileName name;
        private final @Nullable String asked;

        Wire(FileName name, @Nullable String asked) {
            this.name = name;
            this.asked = asked;
        }

        @Override
        public Call get(@Nullable String version) {
            if (version == null) {
                return Call.of("GET", uri(name, ""));
            }
            boolean isBare = BARE_ETAG.matcher(version).matches();
            return isBare || QUOTED_ETAG.matcher(version).matches()
                    ? Call.of("GET", uri(name, "")).header("If-Match", isBare ? "\"" + version + "\"" : version)
                    : Call.of("GET", uri(name, "?versionId=" + ObjectNames.escaped(version)));
        }

        /** An ETag that could be taken for a version id keeps its quotation marks. */
        @Override
        public String version(Reply reply) throws IOException {
            if (asked != null) {
                return asked;
            }
            String etag = reply.required("ETag");
            String bare = etag.replace("\"", "");
            return BARE_ETAG.matcher(bare).matches() ? bare : etag;
        }
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        ObjectNames.check(name);
        Upload.write(new MultipartUpload(this, name, contentType), PART_BYTES, content, name.key());
    }
}
