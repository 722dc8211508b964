"""How a wallet is asked and answers: a file for each protocol, the routes they share, and a demo holder.

    link = openid4vp.link(services.exchanges.address, exchange)   # drawn as a QR code
    Starlette(routes=routes(lambda: services))                    # what the wallet talks to

The protocols are pure: they make requests and read answers. What an answer is worth the verifier says later.
"""
