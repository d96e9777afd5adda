package dev.odometer.files.s3;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.RequestSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs calls as AWS does (Signature Version 4, with the body), with whatever credentials its chain finds. */
record Signature(AwsCredentialsProvider credentials, String region) implements RequestSigner {

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
    /** By S3's list of error codes: what is wrong with the caller's keys, token or clock. */
    private static final Pattern BLAMED = Pattern.compile("<Code>(ExpiredToken|InvalidToken|InvalidAccessKeyId"
            + "|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestTimeout|TokenRefreshRequired)</Code>");

    /** Made here, so that a start which only makes the store loads nothing of it. */
    static Signature byDefault(String region) {
        return new Signature(DefaultCredentialsProvider.builder().build(), region);
    }

    @Override
    public Call prove(Call call) throws IOException {
        try {
            var identity = credentials.resolveCredentials();
            var request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.fromValue(call.method()))
                    .uri(call.uri());
            call.headers().forEach(request::putHeader);
            var signed = SIGNER.sign(sign -> sign.identity(identity)
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(call.body(), 0, call.length()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
            Call proved = call;
            for (Map.Entry<String, List<String>> header :
                    signed.request().headers().entrySet()) {
                if (!header.getKey().equalsIgnoreCase("Host")) {
                    proved = proved.header(header.getKey(), String.join(",", header.getValue()));
                }
            }
            return proved;
        } catch (SdkException none) {
            throw new IOException("there are no credentials", none);
        }
    }

    @Override
    public boolean isToBlame(int status, String text) {
        return BLAMED.matcher(text).find();
    }
}
