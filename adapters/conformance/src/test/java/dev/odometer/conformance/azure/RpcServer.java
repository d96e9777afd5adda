package dev.odometer.conformance.azure;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The only method of FunctionRpc over HTTP/2 with the framing of gRPC, see
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md. The server of a gRPC library would send {@code
 * grpc-encoding: identity}, upon which Azure's worker exits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed send is reported by the wait for its response
final class RpcServer implements AutoCloseable {

    private static final String METHOD = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";
    /** The header of a message: the compression flag and the length. */
    private static final int PREFIX_BYTES = 5;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<Channel> worker = new CompletableFuture<>();
    private final Consumer<byte[]> received;
    private final Channel socket;

    /** @param received called with each message, on one thread */
    RpcServer(Consumer<byte[]> received) throws InterruptedException {
        this.received = received;
        this.socket = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer().build(),
                                        new Http2MultiplexHandler(streams()));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private ChannelInitializer<Channel> streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new EventStream());
            }
        };
    }

    int port() {
        return ((InetSocketAddress) socket.localAddress()).getPort();
    }

    /** Sends a message to the worker; waits up to a minute for it to connect. */
    void send(byte[] message) throws Exception {
        ByteBuf framed = Unpooled.buffer(PREFIX_BYTES + message.length)
                .writeByte(0)
                .writeInt(message.length)
                .writeBytes(message);
        worker.get(1, TimeUnit.MINUTES).writeAndFlush(new DefaultHttp2DataFrame(framed));
    }

    private final class EventStream extends ChannelInboundHandlerAdapter {

        private final ByteBuf waiting = Unpooled.buffer();

        @Override
        public void channelRead(ChannelHandlerContext stream, Object frame) {
            try {
                if (frame instanceof Http2HeadersFrame headers
                        && METHOD.contentEquals(headers.headers().path())) {
                    stream.writeAndFlush(new DefaultHttp2HeadersFrame(
                            new DefaultHttp2Headers().status("200").set("content-type", "application/grpc")));
                    worker.complete(stream.channel());
                } else if (frame instanceof Http2DataFrame data) {
                    waiting.writeBytes(data.content());
                    takeMessages();
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext stream) {
            waiting.release();
        }

        private void takeMessages() {
            while (waiting.readableBytes() >= PREFIX_BYTES
                    && waiting.readableBytes() - PREFIX_BYTES >= waiting.getInt(waiting.readerIndex() + 1)) {
                if (waiting.readByte() != 0) {
                    throw new IllegalStateException("compressed message, but no compression was offered");
                }
                byte[] message = new byte[waiting.readInt()];
                waiting.readBytes(message);
                received.accept(message);
            }
            waiting.discardReadBytes();
        }
    }

    @Override
    public void close() {
        socket.close();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
